import { LAST_APPLIED } from '../gateway/lossProblem';
import { isTree, type Tree } from '../gateway/trees';
import { sha256Hex } from '../ledger/digest';
import { tokenRanges } from '../redaction/secretPatterns';
import { isGivenMember, isServerDefault, saysNothing } from './givenByServer';
import { HeadlineFacts } from './HeadlineFacts';
import { membersNamed, namedMembers, own } from './listMembers';
import type { FieldPreview } from './model';
import { at, memberOf, orderOf, pathOf, type Place, under } from './place';
import { shownPair, textOf } from './shownValue';

/** How an object is compared with what would become of it. */
export interface ComparedHow {
  /** Replaces what is secret in a text. */
  hide(text: string): string;
  /** Makes moments of the dry run equal. */
  moment(text: string): string;
  /** Is told of each value that is looked at. */
  visit(): void;
  /** Its values are those of a Secret. */
  isSecret: boolean;
  /** Is told of each field that differs, with its values as they are. */
  differs?(place: Place, before: unknown, after: unknown): void;
  /** Set for a create: what was sent, where it can be read. */
  creates?: { name: string; sent?: Tree; uid?: string };
}

/** So many fields of an object are shown. */
const MAX_FIELDS = 200;
/** Objects of the API server are not nested more deeply in what it reads; what is deeper is compared as a text. */
const MAX_DEPTH = 100;
const MAX_WHOLE_LIST = 10;
const MAX_WHOLE_LIST_LENGTH = 200;
const MAX_NAME_LENGTH = 200;
const VALUES_OF_SECRETS = /^(?:data|stringData)$/;
/** Stands for the note of kubectl, whose value is the object once more. */
const NOTE_OF_KUBECTL = "kubectl's note of what was applied";

interface Both<T> {
  before: T | undefined;
  after: T | undefined;
}

/**
 * One walk through an object and what would become of it, at once. Each step returns its record: '' where nothing
 * differs. Linear in both.
 */
export class Comparison {
  readonly fields: FieldPreview[] = [];
  readonly facts = new HeadlineFacts();
  count = 0;

  constructor(private readonly how: ComparedHow) {}

  compare(
    before: unknown,
    after: unknown,
    sent: unknown,
    place: Place,
  ): string {
    this.how.visit();
    if (before === after) return '';
    if (isLeftOut(place, before, after)) return '';
    if (place.depth < MAX_DEPTH) {
      const trees = bothOf(isTree, before, after);
      if (trees) return this.compareTrees(trees, sent, place);
      const lists = bothOf(isList, before, after);
      if (lists) return this.compareLists(lists, sent, place);
      if (isObject(before) || isObject(after)) {
        return recordOf([
          ['-', this.compare(before, undefined, sent, place)],
          ['+', this.compare(undefined, after, sent, place)],
        ]);
      }
    }
    return this.compareValues(before, after, sent, place);
  }

  private compareTrees(
    { before, after }: Both<Tree>,
    sent: unknown,
    place: Place,
  ): string {
    const keys = new Set(
      [...Object.keys(after ?? {}), ...Object.keys(before ?? {})].sort(
        // What an object is comes before what is noted on it: so many notes must not push it out of sight.
        (one, other) =>
          Number(one === 'metadata') - Number(other === 'metadata'),
      ),
    );
    if (keys.size === 0) return this.compareValues(before, after, sent, place);
    const records: Array<[string, string]> = [];
    for (const key of keys) {
      const record = this.compare(
        own(before, key),
        own(after, key),
        isTree(sent) ? own(sent, key) : undefined,
        under(place, key),
      );
      records.push([JSON.stringify(key), record]);
    }
    return recordOf(records);
  }

  private compareLists(
    { before, after }: Both<readonly unknown[]>,
    sent: unknown,
    place: Place,
  ): string {
    if (isSmall(before) && isSmall(after)) {
      return this.compareValues(before, after, sent, place);
    }
    const named = namedMembers(before ?? [], after ?? []);
    if (named) return this.compareMembers(named, sent, place);
    const sentList = Array.isArray(sent) ? sent : [];
    const records: Array<[string, string]> = [];
    const length = Math.max(before?.length ?? 0, after?.length ?? 0);
    for (let index = 0; index < length; index += 1) {
      const record = this.compare(
        before?.[index],
        after?.[index],
        sentList[index],
        at(place, index),
      );
      records.push([String(index), record]);
    }
    return recordOf(records);
  }

  private compareMembers(
    { before, after, by }: NonNullable<ReturnType<typeof namedMembers>>,
    sent: unknown,
    place: Place,
  ): string {
    const sentMembers = membersNamed(by, Array.isArray(sent) ? sent : []);
    const records: Array<[string, string]> = [];
    for (const name of new Set([...after.keys(), ...before.keys()])) {
      const was = before.get(name);
      const is = after.get(name);
      const isNew = was === undefined && !sentMembers.has(name);
      if (this.how.creates && isNew && isGivenMember(place, is)) continue;
      const record = this.compare(
        is ? was : was && withoutName(was, by),
        was ? is : is && withoutName(is, by),
        sentMembers.get(name),
        memberOf(place, name, by),
      );
      records.push([JSON.stringify(name), record]);
    }
    const order = this.compareOrder(
      [...before.keys()],
      [...after.keys()],
      place,
    );
    records.push(['order', order]);
    return recordOf(records);
  }

  /** Of what is in both: a variable of an environment sees those before it, and containers may start one by one. */
  private compareOrder(
    before: readonly string[],
    after: readonly string[],
    place: Place,
  ): string {
    const inBefore = new Set(before);
    const inAfter = new Set(after);
    const was = before.filter(name => inAfter.has(name));
    const is = after.filter(name => inBefore.has(name));
    if (!was.some((name, index) => name !== is[index])) return '';
    const order = orderOf(place);
    this.how.differs?.(order, was.join(), is.join());
    return this.add(was.join(', '), is.join(', '), order);
  }

  private compareValues(
    before: unknown,
    after: unknown,
    sent: unknown,
    place: Place,
  ): string {
    // Nothing but its name.
    if (place.depth === 0) return '';
    const { creates } = this.how;
    if (creates) {
      const { uid, name } = creates;
      if (uid !== undefined && after === uid) return '';
      if (saysNothing(place, after)) return '';
      if (sent === undefined && isServerDefault(place, after, name)) return '';
    }
    const was = textOf(before);
    const text = textOf(after);
    const is =
      text !== undefined && typeof after === 'string'
        ? this.how.moment(text)
        : text;
    if (was === is && typeof before === typeof after) return '';
    const isNote = isAnnotation(place, LAST_APPLIED);
    if (isNote && creates) return '';
    this.how.differs?.(place, before, after);
    if (isNote) return this.addNote();
    const hidden = [before, after].some(value => this.holdsSecret(value))
      ? { before: this.hiddenIn(before), after: this.hiddenIn(after) }
      : undefined;
    // `1` and `"1"` look the same without their quotes.
    return was === is
      ? this.add(quotedOf(before), quotedOf(after), place, hidden)
      : this.add(was, is, place, hidden);
  }

  private addNote(): string {
    this.count += 1;
    if (this.fields.length < MAX_FIELDS) {
      this.fields.push({ path: NOTE_OF_KUBECTL });
    }
    return '"note"';
  }

  private add(
    before: string | undefined,
    after: string | undefined,
    place: Place,
    hidden?: { before?: string; after?: string },
  ): string {
    this.count += 1;
    const isWhole = this.how.isSecret && isValueOfSecret(place);
    const isHidden =
      isWhole ||
      hidden !== undefined ||
      this.isSecret(before, place) ||
      this.isSecret(after, place);
    this.facts.see(place, before, after, isHidden);
    if (this.fields.length < MAX_FIELDS) {
      this.fields.push({
        path: this.how.hide(pathOf(place)),
        ...(isHidden ? { hidden: true as const } : shownPair(before, after)),
      });
    }
    if (isWhole) {
      return JSON.stringify([
        'hidden',
        before !== undefined,
        after !== undefined,
      ]);
    }
    const counted = (text: string | undefined) =>
      text !== undefined && isHidden ? this.counted(text) : text ?? null;
    return JSON.stringify([
      hidden?.before ?? counted(before),
      hidden?.after ?? counted(after),
    ]);
  }

  /**
   * What of a text with something hidden enters the digest. What stands around a secret counts: a comment must not keep a
   * command out of it. So does what is only formed like a token, by its own digest: nobody guesses one, and an address
   * can be formed like one.
   */
  private counted(text: string): string {
    const shown = this.how.hide(text);
    if (shown === text) return text;
    const tokens = tokenRanges(text).map(({ start, end }) =>
      sha256Hex(text.slice(start, end)),
    );
    return [shown, ...tokens].join(' ');
  }

  /** The members of a list, each with what is secret of it hidden. */
  private hiddenIn(value: unknown): string | undefined {
    if (isList(value)) {
      return JSON.stringify(
        value.map(one => (typeof one === 'string' ? this.counted(one) : one)),
      );
    }
    const text = textOf(value);
    return text === undefined ? undefined : this.counted(text);
  }

  /** A list is shown as a text, in which a member may be spelled otherwise. */
  private holdsSecret(value: unknown): boolean {
    return (
      isList(value) &&
      value.some(one => typeof one === 'string' && this.how.hide(one) !== one)
    );
  }

  /** By itself, or because of what it is called: `DB_PASSWORD=...`. */
  private isSecret(text: string | undefined, place: Place): boolean {
    if (text === undefined || text === '') return false;
    if (this.how.hide(text) !== text) return true;
    const name = nameOf(place);
    if (name === '' || name.length > MAX_NAME_LENGTH) return false;
    const setting = `${name}=${text}`;
    return this.how.hide(setting) !== setting;
  }
}

/** Both where they are of a kind; one of them may be missing. */
function bothOf<T>(
  is: (value: unknown) => value is T,
  before: unknown,
  after: unknown,
): Both<T> | undefined {
  const was = before === undefined || is(before) ? { before } : undefined;
  const will = after === undefined || is(after) ? { after } : undefined;
  return was && will && ({ ...was, ...will } as Both<T>);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What a member that would come or go has beside its name, which stands in the path. */
function withoutName(member: Tree, by: readonly string[]): Tree {
  const rest = Object.entries(member).filter(([key]) => !by.includes(key));
  return rest.length > 0 ? Object.fromEntries(rest) : member;
}

function recordOf(records: Array<[string, string]>): string {
  const told = records.filter(([, record]) => record !== '');
  if (told.length === 0) return '';
  told.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${told.map(([name, record]) => `${name}:${record}`).join(',')}}`;
}

/** `creationTimestamp: null` stands in templates of pods. */
function isLeftOut({ key }: Place, before: unknown, after: unknown): boolean {
  const isNothing = (before ?? null) === null && (after ?? null) === null;
  return isNothing && key === 'creationTimestamp';
}

/** Of the object itself, and of nothing in it. */
function isAnnotation(place: Place, name: string): boolean {
  const { key, depth, parent } = place;
  return (
    key === name &&
    depth === 3 &&
    parent?.key === 'annotations' &&
    parent.parent?.key === 'metadata'
  );
}

function isSmall(list: readonly unknown[] | undefined): boolean {
  if (list === undefined) return true;
  if (list.length > MAX_WHOLE_LIST) return false;
  let length = 0;
  for (const one of list) {
    if (typeof one === 'object' && one !== null) return false;
    length += String(one).length;
    if (length > MAX_WHOLE_LIST_LENGTH) return false;
  }
  return true;
}

function quotedOf(value: unknown): string | undefined {
  return typeof value === 'string' ? JSON.stringify(value) : textOf(value);
}

function isValueOfSecret(place: Place): boolean {
  let one = place;
  while (one.parent?.parent) one = one.parent;
  return VALUES_OF_SECRETS.test(one.key);
}

/** What a value is called: the variable of an environment by its name. */
function nameOf({ key, parent }: Place): string {
  return key === 'value' || key === '' ? parent?.key ?? '' : key;
}
