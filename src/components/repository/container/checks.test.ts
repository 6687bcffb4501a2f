import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import type { AnyCheck } from "../../../model/check.ts";
import { answerAbout } from "../repository.fixture.ts";
import { stagesOf } from "./dockerfile.ts";
import { imagePinned } from "./image-check.ts";
import { firmnessOf } from "./image-tag.ts";
import { userNonRoot } from "./user-check.ts";

/** A variable as these files write it. */
const TAG = "$".concat("{TAG}");
const DIGEST = `sha256:${"a1".repeat(32)}`;
const CAREFUL = `# syntax=docker/dockerfile:1
ARG NODE=24.1
FROM --platform=linux/amd64 node:\${NODE}-alpine AS base
USER node
FROM base AS build
USER root
RUN <<EOF
USER nobody
FROM x:latest
EOF
RUN npm ci && \\
  # USER root
  npm run build
FROM base
COPY --from=build /app /app
COPY --from=nginx@${DIGEST} /etc/nginx /etc/nginx
`;

async function answer(check: AnyCheck, files: Record<string, string>, containers: object = {}) {
  using project = createGitFolder(files);
  return await answerAbout(check, project.directory, { options: { containers } });
}

const pod = (security: string, image = "ghcr.io/me/api:1.4.0") => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      securityContext: ${security}
      containers:
        - { name: web, image: "${image}" }
`;

describe("a Dockerfile", () => {
  it("is read by its stages, with arguments, continued lines and documents within", () => {
    const stages = stagesOf(CAREFUL);
    expect(stages.map(({ from, name, user }) => [from, name, user?.name])).toEqual([
      ["node:24.1-alpine", "base", "node"],
      ["base", "build", "root"],
      ["base", undefined, undefined],
    ]);
    expect(stages[2]?.copies.map(({ image }) => image)).toEqual(["build", `nginx@${DIGEST}`]);
  });

  it.each([
    [`node:24@${DIGEST}`, "digest"],
    ["node:24.1-alpine", "version"],
    ["debian:bookworm-20241111", "version"],
    ["ghcr.io:443/me/app:v2.0", "version"],
    ["me/app:4f2a9c1", "version"],
    ["node:24-alpine", "major only"],
    ["node:24-alpine3.21", "major only"],
    ["eclipse-temurin:21-jre-ubi9.4", "major only"],
    ["python:slim", "no version"],
    ["localhost:5000/app", "no tag"],
    ["nginx:latest", "latest"],
    [`me/app:${TAG}`, "given"],
  ])("names %s firmly enough: %s", (image, firmness) => {
    expect(firmnessOf(image)).toBe(firmness);
  });
});

describe("container.image.pinned", () => {
  it("tells images at a version from those that move", async () => {
    expect(await answer(imagePinned, { Dockerfile: CAREFUL, "Dockerfile.dev": "FROM node" })).toMatchObject({
      status: "pass",
      summary: "2 images are named at a fixed version",
    });
    const compose = `services:\n  db: { image: "postgres:16" }\n  api: { build: . , image: "api" }\n  own: { image: "me/x:${TAG}" }\n`;
    expect(await answer(imagePinned, { "compose.yml": compose })).toMatchObject({
      status: "warn",
      found: "compose.yml: db postgres:16 (major only)",
      measured: { given: 1 },
    });
    expect(
      await answer(imagePinned, { "app/Dockerfile": `ARG TAG\nFROM node\nFROM x:${TAG}` }),
    ).toMatchObject({
      status: "fail",
      found: "app/Dockerfile:2 node (no tag)",
      findings: ["node"],
    });
    expect((await answer(imagePinned, { "k8s/api.yaml": pod("{}", "api:latest") })).status).toBe("fail");
    expect((await answer(imagePinned, { Dockerfile: CAREFUL }, { pinned: "digest" })).status).toBe("fail");
  });

  it("does not apply without containers; cannot tell of a template", async () => {
    expect((await answer(imagePinned, { "a.ts": "", "ci.yml": "on: push" })).status).toBe("not applicable");
    expect(
      (await answer(imagePinned, { "chart/api.yaml": "kind: Deployment\nspec: {{ .x }}: [" })).status,
    ).toBe("unknown");
    expect((await answerAbout(imagePinned, "/nowhere/at/all")).status).toBe("unknown");
  });
});

describe("container.user.non-root", () => {
  it.each([
    ["pass", { Dockerfile: CAREFUL }, "Dockerfile: node"],
    ["pass", { Dockerfile: "FROM gcr.io/distroless/static:nonroot" }, "nonroot"],
    ["pass", { "k8s.yaml": pod("{ runAsNonRoot: true }") }, "Deployment api/web"],
    ["pass", { "k8s.yaml": pod("{ runAsUser: 1000 }") }, "1000"],
    ["fail", { Dockerfile: "FROM node:24.1\nCMD node ." }, "Dockerfile: says no user"],
    ["fail", { Dockerfile: "FROM node:24.1\nUSER node\nUSER 0:0" }, "Dockerfile: 0"],
    ["fail", { "k8s.yaml": pod("{ fsGroup: 1 }") }, "says no user"],
    [
      "fail",
      { Dockerfile: CAREFUL, "compose.yml": "services:\n  api: { build: ., user: root }\n" },
      "compose.yml: api: root",
    ],
    ["not applicable", { "compose.yml": "services:\n  db: { image: postgres }\n" }, "own"],
    ["not applicable", { "a.ts": "" }, "no Dockerfile"],
    ["unknown", { "compose.yml": "services: [" }, "compose.yml"],
  ])("%s of %j", async (status, files, told) => {
    const outcome = await answer(userNonRoot, files as unknown as Record<string, string>);
    expect(outcome.status).toBe(status);
    expect(JSON.stringify(outcome)).toContain(told);
  });
});
