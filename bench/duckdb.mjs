// Aggregates a settlement file by type and marketplace with DuckDB. Each line of the input is a
// number of threads and a file; the answer is one line: wall seconds, processor seconds (user),
// groups, rows, sum.
//   duckdb.mjs MODULES
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.argv[2] + "/"));
const { DuckDBInstance } = require("@duckdb/node-api");

// Everything is told, so that DuckDB spends no time on guessing; only the amount is converted.
const names = ["settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date",
  "total-amount", "currency", "transaction-type", "order-id", "merchant-order-id",
  "adjustment-id", "shipment-id", "marketplace-name", "amount-type", "amount-description",
  "amount", "fulfillment-id", "posted-date", "posted-date-time", "order-item-code",
  "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased",
  "promotion-id"];
const columns = names.map((name) => `'${name}': '${name === "amount" ? "DECIMAL(18,2)" : "VARCHAR"}'`);

const query = (file) => `
  SELECT count(*) AS groups, sum(n) AS number, sum(total) AS total FROM (
    SELECT "transaction-type", "marketplace-name", count(amount) AS n, sum(amount) AS total
    FROM read_csv('${file}', delim = '\\t', header = true, quote = '', escape = '',
                  auto_detect = false, columns = {${columns.join(", ")}})
    GROUP BY ALL)`;

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
for await (const line of createInterface({ input: process.stdin })) {
  const [threads, file] = line.split(" ");
  await connection.run(`SET threads = ${Number(threads)}`);
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const reader = await connection.runAndReadAll(query(file));
  const wall = (performance.now() - begin) / 1000;
  const user = process.cpuUsage(cpu).user / 1e6;
  console.log([wall, user, ...reader.getRows()[0]].join(" "));
}
