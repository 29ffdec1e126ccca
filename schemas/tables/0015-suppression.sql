-- Cells of the table in hand that would be told by others, and so are not written.
CREATE TABLE IF NOT EXISTS charts.build_analytics_withheld
(
    item UInt64 COMMENT 'Track, hash of the value, or track that was played first',
    next_item UInt64 COMMENT 'Track that was played next; number of the tag; 0 in other tables',
    region_id UInt64 COMMENT 'Region'
)
ENGINE = MergeTree
ORDER BY (item, next_item, region_id)
COMMENT 'Cells of the table in hand that are withheld because others tell of them';
