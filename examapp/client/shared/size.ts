const UNITS = ["kB", "MB"] as const;

/** A size as people read it, in the language of the page: "12 kB", "1,4 MB". */
export function sizeInWords(bytes: number, language: string): string {
  const kilo = Math.max(1, Math.round(bytes / 1000));
  const large = kilo >= 1000;
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(large ? bytes / 1e6 : kilo);
  return `${figure} ${UNITS[large ? 1 : 0]}`;
}
