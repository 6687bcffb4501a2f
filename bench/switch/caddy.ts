import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Contender, GRACE_S, openGround, proxyGround } from "./contender.ts";

const execute = promisify(execFile);

/** Two releases behind caddy: the upstream's port is changed and the configuration loaded anew. */
export async function startCaddy(): Promise<Contender> {
  const ground = await openGround();
  try {
    const [admin = 0] = await ground.ports(1);
    const proxy = await proxyGround(
      ground,
      "Caddyfile",
      ({ app, port, directory }) => `{
  admin 127.0.0.1:${admin}
  auto_https off
  grace_period ${GRACE_S}s
  storage file_system ${directory}/caddy
}
https://bench.localhost:${port} {
  bind 127.0.0.1
  tls ${directory}/certificate.pem ${directory}/certificate-key.pem
  reverse_proxy 127.0.0.1:${app}
}
`,
    );
    await proxy.write(0);
    const file = ["--config", proxy.file, "--adapter", "caddyfile"];
    await ground.run(["caddy", "run", ...file], { port: proxy.port });
    return {
      name: "caddy reload",
      setting: `TLS, grace_period ${GRACE_S}s, both releases kept running`,
      door: { host: "bench.localhost", port: proxy.port, ca: proxy.ca },
      async move(turn) {
        await proxy.write(turn + 1);
        const env = { ...process.env, HOME: ground.directory };
        await execute("caddy", ["reload", ...file, "--address", `127.0.0.1:${admin}`], { env });
      },
      [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await ground[Symbol.asyncDispose]();
    throw thrown;
  }
}
