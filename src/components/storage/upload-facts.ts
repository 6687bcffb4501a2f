import { z } from "zod";
import { printedAnswer } from "../../facts/printed-answer.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import { objectIn } from "../../model/json.ts";
import { bytesOf } from "../../model/size.ts";
import type { StorageOptions } from "./options.ts";
import type { Context } from "./signed-requests.ts";

const guestsShape = z.object({
  member: z.string().min(1),
  stranger: z.string().min(1),
  folder: z.string().min(1),
});

export const NONE = "the application takes no files: storage({ upload })";

/** How the application answered uploads it must take and must refuse. */
export interface Uploads {
  readonly allowed: number;
  readonly otherType: number;
  readonly anonymous: number;
  /** To headers that announce a file one MiB too big; undefined: it waits for the file. */
  readonly tooBig: number | undefined;
  /** Undefined where removal is not declared or nothing was stored. */
  readonly strangerRemoves: number | undefined;
  readonly ownerRemoves: number | undefined;
}

export const uploads = defineFact<Uploads, StorageOptions>({
  id: "storage.uploads",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "4 uploads, of which the application must refuse all but one, and 2 removals of that one",
  async collect(context) {
    const { upload } = context.subject.options;
    if (!upload) throw new DoesNotApply(NONE);
    if (!context.subject.address) throw new NotObserved("nothing is deployed yet");
    const { member, stranger, folder } = await printedAnswer(context, {
      line: upload.guests,
      shape: guestsShape,
      looksLike: "{ member, stranger, folder }",
    });
    const body = `gonogo ${context.doors.random.hex(24)}`;
    const [type = ""] = upload.types;
    const post = (contentType: string, token?: string) =>
      send(context, { method: "POST", path: upload.path, type: contentType, body, token });
    const otherType = await post("application/x-msdownload", member);
    const anonymous = await post(type);
    const tooBig = await announce(context, { upload, token: member });
    const allowed = await post(type, member);
    const key = keyIn(allowed.body);
    const remove = async (token: string): Promise<number | undefined> => {
      if (upload.remove === undefined || key === undefined) return undefined;
      const file = key.split("/").at(-1) ?? "";
      const path = upload.remove.replace(":folder", folder).replace(":file", encodeURIComponent(file));
      return (await send(context, { method: "DELETE", path, token })).status;
    };
    return {
      allowed: allowed.status,
      otherType: otherType.status,
      anonymous: anonymous.status,
      tooBig,
      strangerRemoves: await remove(stranger),
      ownerRemoves: await remove(member),
    };
  },
});

async function send(
  { subject, doors, signal }: Context,
  request: { method: string; path: string; type?: string; body?: string; token?: string | undefined },
): Promise<HttpResponse> {
  const { method, path, type, body, token } = request;
  const { url = "", ca } = subject.address ?? {};
  return await doors.http.send({
    url: url + path,
    method,
    headers: {
      ...(type !== undefined && { "content-type": type }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body }),
    timeoutMs: 15_000,
    ...(ca !== undefined && { ca }),
    signal,
  });
}

const ANSWER = /^HTTP\/1\.1 (\d{3})/;

const TOO_MUCH_BYTES = 1_048_576;

/** The head of an upload that is too big, without its body: a refusal comes before it. */
async function announce(
  { subject, doors, signal }: Context,
  { upload, token }: { upload: NonNullable<StorageOptions["upload"]>; token: string },
): Promise<number | undefined> {
  const { url = "", ca } = subject.address ?? {};
  const { hostname, host, port, protocol } = new URL(url);
  const tls = protocol === "https:";
  const bytes = bytesOf(upload.maxSize) + TOO_MUCH_BYTES;
  const answer = await doors.sockets.exchange({
    host: hostname,
    port: Number(port) || (tls ? 443 : 80),
    tls,
    ...(ca !== undefined && { ca }),
    send: [
      `POST ${upload.path} HTTP/1.1`,
      `host: ${host}`,
      `authorization: Bearer ${token}`,
      `content-type: ${upload.types[0]}`,
      `content-length: ${bytes}`,
      "connection: close",
      "\r\n",
    ].join("\r\n"),
    timeoutMs: 5_000,
    signal,
  });
  const status = ANSWER.exec(Buffer.from(answer).toString("latin1"))?.[1];
  return status === undefined ? undefined : Number(status);
}

function keyIn(body: Uint8Array): string | undefined {
  const key = objectIn(body)?.key;
  return typeof key === "string" ? key : undefined;
}
