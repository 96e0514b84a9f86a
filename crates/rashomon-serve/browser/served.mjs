// The app in Chromium: where the browser is, and a server that says its address.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { strict as assert } from "node:assert";

export const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => p && existsSync(p));
assert(executablePath, "chromium is not installed");

/** Starts `program serve` at a free port: the process, and the address it says. */
export const served = async (program, ...args) => {
  const server = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const base = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (data) => {
      said += data;
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
  return [server, base];
};
