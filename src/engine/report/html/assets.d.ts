/** Files that the build takes in as text (scripts/build.mjs). */
declare module '*.hbs' {
  const text: string;
  export default text;
}

declare module '*.css' {
  const text: string;
  export default text;
}

declare module '*.browser.js' {
  const text: string;
  export default text;
}
