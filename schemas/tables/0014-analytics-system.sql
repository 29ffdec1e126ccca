-- What analysts see of the engine's own list of tables: theirs, without folders and without how they are made. Clients ask
-- for these at connecting; `/sql` reads the views where a statement says system.tables, system.columns or system.databases.
CREATE DATABASE IF NOT EXISTS analytics_system;

CREATE VIEW IF NOT EXISTS analytics_system.databases
(
    name String COMMENT 'Name of the database',
    engine String COMMENT 'Its engine',
    data_path String COMMENT 'Empty',
    metadata_path String COMMENT 'Empty',
    uuid UUID COMMENT 'None',
    engine_full String COMMENT 'Its engine',
    comment String COMMENT 'What it is',
    is_external UInt8 COMMENT '0',
    database String COMMENT 'Name of the database'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    name, engine, '' AS data_path, '' AS metadata_path, toUUID('00000000-0000-0000-0000-000000000000') AS uuid,
    engine AS engine_full, comment, toUInt8(0) AS is_external, name AS database
FROM system.databases
WHERE name = 'analytics'
COMMENT 'Databases of analysts';

CREATE VIEW IF NOT EXISTS analytics_system.tables
(
    database String COMMENT 'Name of the database',
    name String COMMENT 'Name of the table',
    uuid UUID COMMENT 'None',
    engine String COMMENT 'Its engine',
    is_temporary UInt8 COMMENT '0',
    data_paths Array(String) COMMENT 'None',
    metadata_path String COMMENT 'Empty',
    metadata_modification_time DateTime COMMENT '0',
    dependencies_database Array(String) COMMENT 'None',
    dependencies_table Array(String) COMMENT 'None',
    create_table_query String COMMENT 'Empty',
    engine_full String COMMENT 'Its engine',
    as_select String COMMENT 'Empty',
    partition_key String COMMENT 'Empty',
    sorting_key String COMMENT 'Empty',
    primary_key String COMMENT 'Empty',
    sampling_key String COMMENT 'Empty',
    storage_policy String COMMENT 'Empty',
    total_rows Nullable(UInt64) COMMENT 'Not told',
    total_bytes Nullable(UInt64) COMMENT 'Not told',
    comment String COMMENT 'What it is',
    has_own_data UInt8 COMMENT '0',
    table String COMMENT 'Name of the table'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    database, name, toUUID('00000000-0000-0000-0000-000000000000') AS uuid, engine, toUInt8(0) AS is_temporary,
    CAST([], 'Array(String)') AS data_paths, '' AS metadata_path, toDateTime(0, 'UTC') AS metadata_modification_time,
    CAST([], 'Array(String)') AS dependencies_database, CAST([], 'Array(String)') AS dependencies_table,
    '' AS create_table_query, engine AS engine_full, '' AS as_select, '' AS partition_key, '' AS sorting_key,
    '' AS primary_key, '' AS sampling_key, '' AS storage_policy, CAST(NULL, 'Nullable(UInt64)') AS total_rows,
    CAST(NULL, 'Nullable(UInt64)') AS total_bytes, comment, toUInt8(0) AS has_own_data, name AS table
FROM system.tables
WHERE database = 'analytics'
COMMENT 'Tables of analysts';

CREATE VIEW IF NOT EXISTS analytics_system.columns
(
    database String COMMENT 'Name of the database',
    table String COMMENT 'Name of the table',
    name String COMMENT 'Name of the column',
    type String COMMENT 'Its type',
    position UInt64 COMMENT 'Its place, from 1',
    default_kind String COMMENT 'Empty',
    default_expression String COMMENT 'Empty',
    data_compressed_bytes UInt64 COMMENT 'Not told',
    data_uncompressed_bytes UInt64 COMMENT 'Not told',
    marks_bytes UInt64 COMMENT 'Not told',
    comment String COMMENT 'What it is',
    is_in_partition_key UInt8 COMMENT '0',
    is_in_sorting_key UInt8 COMMENT '0',
    is_in_primary_key UInt8 COMMENT '0',
    is_in_sampling_key UInt8 COMMENT '0',
    compression_codec String COMMENT 'Empty',
    character_octet_length Nullable(UInt64) COMMENT 'Length of a text, where it has one',
    numeric_precision Nullable(UInt64) COMMENT 'Of a number, its precision',
    numeric_precision_radix Nullable(UInt64) COMMENT 'Of a number, the base of its precision',
    numeric_scale Nullable(UInt64) COMMENT 'Of a number, its scale',
    datetime_precision Nullable(UInt64) COMMENT 'Of a time, its precision'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    database, table, name, type, position, '' AS default_kind, '' AS default_expression,
    toUInt64(0) AS data_compressed_bytes, toUInt64(0) AS data_uncompressed_bytes, toUInt64(0) AS marks_bytes, comment,
    toUInt8(0) AS is_in_partition_key, toUInt8(0) AS is_in_sorting_key, toUInt8(0) AS is_in_primary_key,
    toUInt8(0) AS is_in_sampling_key, '' AS compression_codec, character_octet_length, numeric_precision,
    numeric_precision_radix, numeric_scale, datetime_precision
FROM system.columns
WHERE database = 'analytics'
COMMENT 'Columns of the tables of analysts';
