import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Contender, GRACE_S, openGround, proxyGround } from "./contender.ts";

const execute = promisify(execFile);

/** Two releases behind nginx: the upstream's port is changed and the configuration loaded anew. */
export async function startNginx(): Promise<Contender> {
  const ground = await openGround();
  try {
    const proxy = await proxyGround(ground, "nginx.conf", configuration);
    await proxy.write(0);
    const base = ["-p", ground.directory, "-c", proxy.file];
    await ground.run(["nginx", ...base], { port: proxy.port });
    return {
      name: "nginx -s reload",
      setting: `TLS, workers auto, worker_shutdown_timeout ${GRACE_S}s, both releases kept running`,
      door: { host: "bench.localhost", port: proxy.port, ca: proxy.ca },
      async move(turn) {
        await proxy.write(turn + 1);
        await execute("nginx", [...base, "-s", "reload"]);
      },
      [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await ground[Symbol.asyncDispose]();
    throw thrown;
  }
}

function configuration({ app, port, directory }: { app: number; port: number; directory: string }): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((each) => `${each}_temp_path ${directory}/${each};`)
    .join(" ");
  return `daemon off; user root; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
worker_processes auto; worker_shutdown_timeout ${GRACE_S}s;
events { worker_connections 4096; }
http {
  access_log off; ${temporary}
  map $http_upgrade $connection_word { default upgrade; "" ""; }
  upstream app { server 127.0.0.1:${app}; keepalive 64; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${directory}/certificate.pem; ssl_certificate_key ${directory}/certificate-key.pem;
    location / {
      proxy_pass http://app; proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_word;
      proxy_set_header Host $http_host;
    }
  }
}
`;
}
