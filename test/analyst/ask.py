"""Asks a running Tonearm as an analyst does, through the official client, and prints what came as one line of JSON."""

import json
import sys

import clickhouse_connect
from clickhouse_connect.driver.exceptions import DatabaseError

host, port, token, wrong_token = sys.argv[1:]


def connect(password):
    return clickhouse_connect.get_client(
        host=host, port=int(port), proxy_path="/sql", username="anybody", password=password
    )


client = connect(token)
answers = {"one": client.query("SELECT 1 AS one").result_rows}

answers["bound"] = client.query(
    "SELECT {name:String} AS name, {list:Array(UInt32)} AS list", parameters={"name": "it's", "list": [1, 2]}
).result_rows

answers["tables"] = sorted(row[0] for row in client.query("SHOW TABLES FROM analytics").result_rows)

rows, total = 0, 0
with client.query_row_block_stream("SELECT number FROM numbers(1000000)") as blocks:
    for block in blocks:
        rows += len(block)
        total += sum(row[0] for row in block)
answers["streamed"] = [rows, total]


def error_of(ask):
    try:
        ask()
    except DatabaseError as error:
        return str(error)
    return None


answers["unknown_table"] = error_of(lambda: client.query("SELECT * FROM analytics.no_such_table"))
answers["personal"] = error_of(lambda: client.query("SELECT * FROM playlists.sessions"))
answers["insert"] = error_of(lambda: client.command("INSERT INTO analytics.charts (region) VALUES ('NZ')"))
answers["wrong_token"] = error_of(lambda: connect(wrong_token))
print(json.dumps(answers))
