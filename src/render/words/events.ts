import type { ContentComment, ContractEvent } from '../../query/events.ts';

/** An event with its comment, as the notice of a publication tells it (domain.md §5.4): `event (comment)`. */
export function eventWords({ name, comments }: ContractEvent): string {
  const comment = comments.map(commentWords).join(', ');
  return comment === '' ? name : `${name} (${comment})`;
}

/** Why a content counts as changed, or as the same (webhooks.md §1.2). */
export function commentWords(comment: ContentComment): string {
  switch (comment.kind) {
    case 'first-untagged':
      return 'first time untagged pact published';
    case 'changed-since-untagged':
      return 'pact content has changed since previous untagged version';
    case 'first-with-tag':
      return `first time any pact published for this consumer with consumer version tagged ${comment.tag}`;
    case 'changed-since-tag':
      return `pact content has changed since the last consumer version tagged with ${comment.tag}`;
    case 'modified':
      return `pact content modified since previous publication for ${comment.consumer} version ${comment.version}`;
    case 'same': {
      const versions = comment.tags.length === 1 ? 'version with tag' : 'versions with tags';
      return `pact content is the same as previous ${versions} ${comment.tags.join(', ')} and no new tags were applied`;
    }
  }
}
