// Works cases on bpmn-engine: `node cases.mjs MODEL.bpmn DATABASE COMPLETIONS`. Each line read is one case; the line written is the
// seconds of its completions together. Nothing is kept between two completions but the row: recover, act, save.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { Engine } from "bpmn-engine";

const [model, place, completions] = process.argv.slice(2);
const source = readFileSync(model, "utf-8");
const database = new DatabaseSync(place);
database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE peer (id INTEGER PRIMARY KEY, state TEXT)");
const insert = database.prepare("INSERT INTO peer VALUES (?, ?)");
const select = database.prepare("SELECT state FROM peer WHERE id = ?");
const update = database.prepare("UPDATE peer SET state = ? WHERE id = ?");

async function open(id) {
  const engine = new Engine({ name: "peer", source });
  await engine.execute({ listener: new EventEmitter() });
  insert.run(id, JSON.stringify(await engine.getState()));
  engine.stop();
}

async function complete(id) {
  database.exec("BEGIN IMMEDIATE");
  const engine = new Engine().recover(JSON.parse(select.get(id).state));
  const listener = new EventEmitter();
  const waiting = [];
  const wait = (task) => waiting.push(task);
  listener.on("activity.wait", wait);
  const execution = await engine.resume({ listener });
  listener.off("activity.wait", wait);
  waiting.find((task) => task.type === "bpmn:UserTask").signal();
  update.run(JSON.stringify(await engine.getState()), id);
  database.exec("COMMIT");
  const completed = execution.state === "idle";
  engine.stop();
  return completed;
}

let id = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  id += 1;
  await open(id);
  let completed = false;
  const began = process.hrtime.bigint();
  for (let done = 0; done < Number(completions); done += 1) completed = await complete(id);
  const took = Number(process.hrtime.bigint() - began) / 1e9;
  if (!completed) throw new Error(`the case is not at its end after ${completions} completions`);
  console.log(took);
}
