/** What everybody may see of an environment. */
export interface StatusPage {
  readonly title: string | undefined;
  /** In order. Empty: one for each web and site component, by its name. */
  readonly components: readonly StatusComponent[];
}

/** Something users have a word for, and the components it stands on. */
export interface StatusComponent {
  /** "Payments" */
  readonly name: string;
  readonly of: readonly string[];
}
