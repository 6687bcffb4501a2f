/**
 * Passwords that stand high in published lists of leaked ones (the 100,000 of the UK's NCSC, SecLists), by what makes
 * them weak. Each kind holds short and long ones: a rule about length or characters lets some of each through.
 */
const KINDS: readonly (readonly string[])[] = [
  // Digits and keys beside each other.
  ["123456", "12345678", "123456789", "1234567890", "123456789012", "1234567890123456"],
  ["qwerty", "qwerty123", "qwertyuiop", "1q2w3e4r5t", "qwerty123456", "1q2w3e4r5t6y", "qwertyuiopasdfgh"],
  // The word itself.
  ["password", "password1", "password123", "password1234", "passwordpassword"],
  // Dressed up for rules about characters.
  ["P@ssw0rd", "Password1!", "Password123!", "P@ssw0rd1234", "Password@12345678"],
  ["Welcome1", "Welcome1!", "Welcome123!", "Welcome12345", "Welcome@12345678"],
  // One thing again and again.
  ["111111", "11111111", "aaaaaaaaaa", "111111111111", "0000000000000000"],
];

/** One of each kind, as long as a password has to be; none where the lists hold none that long. */
export function wellKnownPasswords(shortest: number): string[] {
  return KINDS.flatMap((kind) => {
    const found = kind.find((password) => password.length >= shortest);
    return found === undefined ? [] : [found];
  });
}
