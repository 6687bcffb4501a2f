import type { IncomingMessage } from "node:http";
import type { Person } from "../people/person.ts";
import type { Answer } from "./answer.ts";
import type { Allowance } from "./rate-limit.ts";

export interface Request {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  /** The caller's address as the trusted edge saw it. */
  readonly client: string;
  /** "https://backstage.example": how the caller addressed us. */
  readonly origin: string;
  readonly body: Buffer;
  /** Undefined on public routes when nobody is signed in. */
  readonly person: Person | undefined;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** "/api/streams/:id/ticket"; a parameter never contains a slash. */
  readonly path: string;
  readonly access: "public" | "signed in";
  readonly limit?: Allowance;
  readonly maxBodyBytes?: number;
  handle(request: Request): Promise<Answer> | Answer;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export interface Router {
  match(method: string, path: string): Match | undefined;
  /** Methods this path knows; empty when the path is unknown. */
  methods(path: string): readonly string[];
}

export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map((route) => ({ route, shape: shapeOf(route.path) }));
  const at = (path: string) => compiled.filter(({ shape }) => shape.test(path));
  return {
    match(method, path) {
      const wanted = method === "HEAD" ? "GET" : method;
      const found = at(path).find(({ route }) => route.method === wanted);
      if (!found) return undefined;
      return { route: found.route, params: { ...found.shape.exec(path)?.groups } };
    },
    methods(path) {
      const methods = at(path).map(({ route }) => route.method as string);
      return methods.includes("GET") ? [...methods, "HEAD"] : methods;
    },
  };
}

function shapeOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\./g, "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}
