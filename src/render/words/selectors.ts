import type { AppliedSelector } from '../../query/for-verification/applied-selector.ts';
import { andList } from './lists.ts';

/** In a few words why a pact is verified (selectors.md §5.1): `latest from main branch, deployed to prod`. */
export function shortDescription(selectors: readonly AppliedSelector[]): string {
  return selectors.map(shortWords).join(', ');
}

function shortWords(selector: AppliedSelector): string {
  switch (selector.kind) {
    case 'latest':
      return 'latest';
    case 'latest-tagged':
      return `latest with tag ${selector.tag}`;
    case 'main-branch':
      return 'latest from main branch';
    case 'branch':
    case 'every-branch':
      return `latest from branch ${selector.branch}`;
    case 'tagged':
      return `one of ${selector.consumer === undefined ? '' : `${selector.consumer} `}${selector.tag}`;
    case 'deployed':
      return `deployed to ${selector.environment.name}`;
    case 'released':
      return `released in ${selector.environment.name}`;
    case 'environment':
      return `in environment ${selector.environment.name}`;
  }
}

/**
 * Why a pact is verified, one line for each selector, kinds together (selectors.md §5.2); what is live in several places
 * shares a line.
 */
export function criteria(selectors: readonly AppliedSelector[], provider: string): readonly string[] {
  const kinds = new Set(selectors.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => {
    const ofKind = selectors.filter((selector) => selector.kind === kind);
    if (kind === 'deployed' || kind === 'released') return liveCriteria(ofKind);
    return ofKind.map((selector) => `${criterion(selector, provider)} (${selector.version.number})`);
  });
}

function liveCriteria(selectors: readonly AppliedSelector[]): readonly string[] {
  const consumers = new Set(selectors.map(({ consumer }) => consumer));
  return [...consumers].map((consumer) => {
    const live = selectors.filter((selector) => selector.consumer === consumer);
    const versions = consumer === undefined ? 'consumer version(s)' : `version(s) of ${consumer}`;
    const are = live[0]?.kind === 'deployed' ? 'currently deployed to' : 'released and supported in';
    const places = live.flatMap((selector) =>
      'environment' in selector ? [`${selector.environment.name} (${selector.version.number})`] : [],
    );
    return `${versions} ${are} ${andList(places)}`;
  });
}

function criterion(selector: AppliedSelector, provider: string): string {
  const { consumer } = selector;
  const of = consumer === undefined ? '' : ` of ${consumer}`;
  switch (selector.kind) {
    case 'latest':
      return `latest version of ${consumer ?? 'a consumer'} that has a pact with ${provider}`;
    case 'latest-tagged':
      return `latest version${of} tagged '${selector.tag}'${
        selector.insteadOf === undefined
          ? ''
          : ` (fallback tag used as no pact was found with tag '${selector.insteadOf}')`
      }`;
    case 'main-branch':
      return `latest version${of} from the main branch '${selector.branch}'`;
    case 'branch':
      return `latest version${of} from branch '${selector.branch}'${
        selector.insteadOf === undefined
          ? ''
          : ` (fallback branch used as no version was found on branch '${selector.insteadOf}')`
      }`;
    case 'every-branch':
      return `latest version${of} from branch '${selector.branch}'`;
    case 'tagged':
      return `all ${consumer ?? 'consumer'} versions tagged '${selector.tag}'`;
    case 'environment':
    case 'deployed':
    case 'released':
      return `${consumer ?? 'a consumer'} version in environment ${selector.environment.name}`;
  }
}
