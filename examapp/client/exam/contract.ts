/** The shapes of the JSON API (docs/api.md), as the exam client reads them. */
export type AttemptState = "preparing" | "running" | "finished" | "abandoned";
export type PartName = "theory" | "statements" | "missing_symbol" | "choice_reaction";
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Notice {
  id: string;
  code: string;
  text: string;
  created_at: string;
}

/** What every reply carries, errors too. Times are ISO with milliseconds. */
export interface Context {
  now: string;
  deadline: string | null;
  state: AttemptState | null;
  notices: Notice[];
  epoch?: number;
  device_active?: boolean;
}

export interface Problem extends Context {
  error: string;
  message: string;
}

export interface Picture {
  url: string;
  alt: string;
}

export type ItemType = "single_choice" | "true_false" | "multiple_response" | "ordering" | "hotspot";

/** A part of the item's picture, in thousandths of its width and height; a radius in those of the width. */
export interface Region {
  shape: "rect" | "circle" | "poly";
  coords: number[];
}

/** What is shown before the question: a film with its bytes and seconds, or a drawn scene that moves by itself. */
export interface Clip {
  url: string;
  kind: "video" | "animation";
  alt: string;
  bytes: number | null;
  seconds: number | null;
}

export interface Option {
  id: string;
  text: string;
  picture?: Picture | null;
  /** The address of a recording of these words, in the language of the page. */
  audio?: string | null;
  region?: Region | null;
}

export interface Item {
  position: number;
  item_id: string;
  chapter: string;
  topic: string;
  type: ItemType;
  stem: string;
  picture: Picture | null;
  clip?: Clip | null;
  audio?: string | null;
  options: Option[];
}

export interface PartView {
  part: PartName;
  state: "pending" | "running" | "submitted" | "expired";
  limit_seconds: number;
  deadline: string | null;
  started_at: string | null;
}

export interface SavedAnswer {
  value: Json;
  received_at: string;
  late: boolean;
}

export interface AttemptView extends Context {
  attempt: {
    id: string;
    reference: string;
    language: string;
    epoch: number;
    device_active: boolean;
    timezone: string;
    frame_interval_ms: number;
    steps: string[];
  };
  part: PartName | null;
  next_part: PartName | null;
  parts: PartView[];
  items?: Item[];
  setup?: Json;
  answers: Record<string, SavedAnswer>;
  marks: string[];
}

export interface Acknowledgement {
  uuid: string;
  status: "saved" | "late" | "superseded";
  sequence: number;
  received_at: string;
}

export interface Rejection {
  uuid: string;
  error: string;
  message: string;
}

export interface EventsReply extends Context {
  acknowledged?: Acknowledgement[];
  rejected?: Rejection[];
}

export interface SubmitReply extends Context {
  part: PartName;
  part_state: string;
  next_part: PartName | null;
  result_url: string;
}
