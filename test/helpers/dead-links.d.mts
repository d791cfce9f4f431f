/** The links of a site that lead nowhere or out of it, and those to a place that a page does not have, as `file: link`. */
export function deadLinks(folder: string): readonly string[];
