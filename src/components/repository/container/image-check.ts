import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, unknown, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { baseOf } from "./dockerfile.ts";
import { type Containers, declaredContainers } from "./facts.ts";
import { type Firmness, firmnessOf } from "./image-tag.ts";

interface UsedImage {
  readonly place: string;
  readonly image: string;
  readonly firmness: Firmness;
}

export const imagePinned = defineCheck({
  id: "container.image.pinned",
  title: "Container files build on images at a fixed version",
  consequence: "The same commit built tomorrow is another application, and nobody can tell what changed.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    base image pinned | Docker base image version pinned | image tags pinned | no latest tag in Dockerfile
    no :latest image tags | Docker images pinned to a version | container images pinned by digest
    pinned base images in Dockerfile | do not use latest tag | Dockerfile FROM with a fixed version
    image versions pinned in docker-compose | Kubernetes images without latest tag | Basis-Image gepinnt
    imágenes Docker con versión fija | image Docker avec version fixe | imagem Docker com versão fixa
    no floating image tags | image tags fixed | base image by digest | base images with exact version tags
    Dockerfile pins the base image version | FROM with an exact version | node base image pinned
  `),
  source: "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
  needs: { seen: declaredContainers },
  run({ seen }, { options }) {
    const images = imagesOf(seen);
    const wantsDigest = options.containers.pinned === "digest";
    const loose = images.filter(({ firmness }) => isLoose(firmness, wantsDigest));
    const given = images.filter(({ firmness }) => firmness === "given").length;
    const measured = { images: images.length, loose: loose.length, given };
    if (loose.length === 0) {
      if (seen.unread.length > 0) return unknown(`${seen.unread.join(", ")} cannot be read`);
      if (images.length === given) return notApplicable("no container file names an image by itself");
      const rest = given > 0 ? `; ${given} named by whoever builds or deploys` : "";
      return pass(
        `${quantity(images.length - given, "image is", "images are")} named at a fixed version${rest}`,
        measured,
      );
    }
    const trouble = {
      expected: wantsDigest
        ? "name:version@sha256:<digest>"
        : "a tag with the version down to its minor number, or a digest",
      found: loose.map(({ place, image, firmness }) => `${place} ${image} (${firmness})`).join("; "),
      fix: [...new Set(loose.map(({ image }) => fixOf(image)))].join("\n"),
      findings: [...new Set(loose.map(({ image }) => image))],
      measured,
    };
    const isMajorOnly = !wantsDigest && loose.every(({ firmness }) => firmness === "major only");
    return isMajorOnly
      ? warn(`${quantity(loose.length, "image is", "images are")} named by the major version only`, trouble)
      : fail(`${quantity(loose.length, "image is", "images are")} not named at a fixed version`, trouble);
  },
});

function isLoose(firmness: Firmness, wantsDigest: boolean): boolean {
  if (firmness === "digest" || firmness === "given") return false;
  return wantsDigest || firmness !== "version";
}

function imagesOf({ dockerfiles, containers }: Containers): UsedImage[] {
  const built = dockerfiles.flatMap(({ file, stages }) =>
    stages.flatMap((stage) => {
      const names = new Set(stages.map(({ name }) => name));
      const isImage = (image: string) => !names.has(image.toLowerCase()) && !/^(scratch|\d+)$/.test(image);
      const own =
        baseOf(stage, stages) || !isImage(stage.from) ? [] : [{ line: stage.line, image: stage.from }];
      const copied = stage.copies.filter(({ image }) => isImage(image));
      return [...own, ...copied].map(({ line, image }) => ({ place: `${file}:${line}`, image }));
    }),
  );
  const run = containers.flatMap(({ name, image }) => (image === undefined ? [] : [{ place: name, image }]));
  return [...built, ...run].map((each) => ({ ...each, firmness: firmnessOf(each.image) }));
}

function fixOf(image: string): string {
  const name = image.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
  return `${image}: name the version that runs today, ${name}:<version>@<digest>; docker buildx imagetools inspect ${image} tells the digest`;
}
