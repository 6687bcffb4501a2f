import path from "node:path";
import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { isOlder } from "../../model/version.ts";
import { ways } from "../../model/ways.ts";
import { programEncoders, programPath, programVersion, proof } from "./facts.ts";
import type { BinaryOptions } from "./options.ts";

const BASE = { severity: "blocker", phase: "staging", freshFor: "7d", every: "6h" } as const;

export const programFound = defineCheck({
  ...BASE,
  id: "binary.program.found",
  title: "The program is on PATH",
  consequence: "Whatever the application hands to it fails with command not found.",
  asks: ways(`
    FFmpeg installed on deployment server | ffmpeg installed | ImageMagick installed
    required binaries on PATH | which ffmpeg | wkhtmltopdf available
    ffmpeg in PATH | Required binaries present | binary present in PATH
    binary installed on the worker host | program installed in the image | Ghostscript installed
    kubectl and helm installed | LibreOffice installed | Tesseract installed
    Chromium installed for Puppeteer | ImageMagick in the image | command line tools installed
    exiftool or poppler installed | binary on PATH | binary in the image | binaries installed
    system packages for media installed | apt packages poppler and imagemagick
    tool exists in the container | ghostscript and imagemagick available | pdftotext exists
    npm installed | Composer installed | Git installed on the server | Docker and Docker Compose installed
    install Certbot | Certbot installed | install Nginx | pg_dump installed
  `),
  needs: { seen: programPath },
  run: ({ seen: { path } }, { options }) => {
    if (path !== undefined) return pass(`${options.program} is ${path}`);
    return fail("there is no such program", {
      expected: `${options.program} on PATH`,
      found: "nothing",
      fix: `apt-get install ${packageOf(options)}, or bring it with the image that the application runs in`,
    });
  },
});

export const versionEnough = defineCheck({
  ...BASE,
  id: "binary.version.enough",
  title: "The program is new enough",
  consequence: "Options and formats that the application relies on are unknown to it.",
  severity: "warning",
  asks: ways(`
    ffmpeg version | minimum Node.js version | Node.js 20+ installed | Node.js installed | PHP 8 installed
    verify ffmpeg -version | minimum version of a program | binary version is supported | ffmpeg 6 or newer
    Node version on the server | PHP version or newer | Ruby version on the server
    Python version on the server
    pg_dump client version | minimum version of Python
    version of the runtime new enough | Ruby 3 installed
    Python 3 installed | dotnet version | .NET 8 installed | PHP minimum version | npm version
    runtime version | Python 3 runtime | server runs Ruby 3 | server runs PHP 8
    Node.js version 18 or higher | PHP version or higher | PHP 8 available | Java 17 installed
    JDK installed | PHP 8 or higher | Python version 3 on the server
    correct Node version | PHP version | Node.js version | Python version | Ruby version
    LTS Node.js installed | current Node.js LTS installed | Node.js LTS runtime
    supported Python version installed
  `),
  figures: { version: { quality: "version", keeps: "no older" } },
  needs: { seen: programVersion },
  run: ({ seen: { version } }, { options }) => {
    const { program, least = "0" } = options;
    const trouble = { expected: `${least} or newer`, fix: `install ${packageOf(options)} ${least} or newer` };
    if (version === undefined)
      return fail("the program tells no version", {
        ...trouble,
        found: `no version in what it prints`,
        fix: "name what it is asked with in binary({ versionArguments })",
      });
    const measured = { version: `${canonical(program)}@${version}` };
    if (!isOlder(version, least)) return pass(`${program} ${version}`, measured);
    return fail("the program is too old", { ...trouble, found: version, measured });
  },
});

export const codecPresent = defineCheck({
  ...BASE,
  id: "binary.codec.present",
  title: "FFmpeg has the encoders that are used",
  consequence: "Clips end as failed, or in a format that browsers do not play.",
  asks: ways(`
    ffmpeg codecs | ffmpeg built with libx264 | video encoders available | codecs installed
    ffmpeg has x264 | H.264 encoder available | ffmpeg encoders | ffmpeg supports H.265 encoding
    AV1 encoder in ffmpeg | required codecs available | ffmpeg has libmp3lame and libopus
    encoders VP9 Opus AAC | ffmpeg build includes encoders | HEVC encoder available
    ffmpeg codecs list H.264 | NVENC encoder in ffmpeg
    ffmpeg with H.265 | ffmpeg with codec support | ffmpeg codec Opus | ffmpeg built with libvpx and libopus
    ffmpeg build has libvpx
  `),
  source: "https://ffmpeg.org/ffmpeg-codecs.html",
  needs: { seen: programEncoders },
  run: ({ seen: { missing } }, { options }) => {
    if (missing.length === 0)
      return pass(`${quantity(options.encoders.length, "encoder")}: ${options.encoders.join(", ")}`);
    return fail("an encoder is missing", {
      expected: options.encoders.join(", "),
      found: `no ${missing.join(", ")}`,
      fix: `install a build of ${options.program} with ${missing.join(", ")}`,
      findings: missing,
    });
  },
});

export const proofWorks = defineCheck({
  ...BASE,
  id: "binary.proof.works",
  title: "The program does what it is needed for",
  consequence: "It is there and fails all the same: a library, a right or disk space is missing.",
  asks: ways(`
    ffmpeg processing works | test video conversion | test encoding a clip | ffmpeg works on the server
    Video transcoding works | ImageMagick converts an image | wkhtmltopdf renders a sample PDF
    convert docx to PDF | headless browser starts | Puppeteer prints a page | tesseract reads a sample scan
    Ghostscript makes a test PDF | LibreOffice converts a document | transcode a test clip
    convert HEIC to JPEG | sample file converted in the container | thumbnail generated by ffmpeg
    headless conversion | LibreOffice headless conversion | Chromium renders a PDF | convert a test video
    video conversion via ffmpeg | test file converted by the binary | binary converts a sample
    binary renders a sample | ffmpeg encodes a short clip | PDF renderer makes a sample PDF on the server
  `),
  needs: { seen: proof },
  run: ({ seen: { code, lastLine, tookMs } }, { options }) => {
    if (code === 0) return pass(`done in ${Math.round(tookMs)} ms`, { tookMs: Math.round(tookMs) });
    return fail("the program fails at its work", {
      expected: `\`${options.proof}\` ends with 0`,
      found: `${code ?? "a signal"}${lastLine === "" ? "" : `: ${lastLine.slice(0, 200)}`}`,
      fix: `type \`${options.proof}\` on the server and mend what it says`,
    });
  },
});

function packageOf({ package: name, program }: BinaryOptions): string {
  return name ?? program;
}

/** As people call it: "/usr/bin/php8.2" is PHP, "python3" Python. */
function canonical(program: string): string {
  const name = path.basename(program).replace(/[\d.]+$/, "");
  return name === "nodejs" ? "node" : name;
}
