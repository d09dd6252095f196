/** The applicant's camera: opened, watched, and asked back when it goes. It never holds up the exam. */
export type CameraState =
  "off" | "starting" | "ok" | "lost" | "refused" | "missing" | "in_use" | "insecure" | "unsupported";

const WISHES: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15, max: 24 } },
};
/** Android mutes a track for a moment when the screen turns; only what lasts is a loss. */
const MUTE_PATIENCE_MS = 2_500;
const RETRY_MS = 5_000;

/** Which of the troubles an applicant can do something about this error is. */
export function troubleOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  if (name === "NotReadableError" || name === "AbortError") return "in_use";
  return "unsupported";
}

export class Camera {
  state: CameraState = "off";
  private stream: MediaStream | null = null;
  private muteTimer = 0;
  private retryTimer = 0;
  private wanted = false;
  private readonly canvas = document.createElement("canvas");
  private readonly video: HTMLVideoElement;
  private readonly changed: (state: CameraState, before: CameraState) => void;

  constructor(video: HTMLVideoElement, changed: (state: CameraState, before: CameraState) => void) {
    this.video = video;
    this.changed = changed;
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.lookAgain());
  }

  /** Open the camera; asks for permission where it was never given. The outcome is told through `changed`. */
  async start(): Promise<CameraState> {
    this.wanted = true;
    window.clearTimeout(this.retryTimer);
    if (!window.isSecureContext) return this.become("insecure");
    if (!navigator.mediaDevices?.getUserMedia) return this.become("unsupported");
    if (this.state !== "lost") this.become("starting");
    try {
      const stream = await navigator.mediaDevices.getUserMedia(WISHES);
      this.release();
      this.stream = stream;
      this.watch(stream);
      this.video.srcObject = stream;
      await this.video.play().catch(() => undefined);
      return this.become("ok");
    } catch (error) {
      this.tryLater();
      const trouble = troubleOf(error);
      // A camera that worked before is lost whatever the browser calls it, unless a person took the permission away.
      return this.become(this.state === "lost" && trouble !== "refused" ? "lost" : trouble);
    }
  }

  stop(): void {
    this.wanted = false;
    window.clearTimeout(this.retryTimer);
    this.release();
    this.become("off");
  }

  /** Something changed (page back, cable in): if the camera is gone, ask for it again. */
  lookAgain(): void {
    if (!this.wanted || this.state === "ok" || this.state === "starting") return;
    void this.start();
  }

  get ready(): boolean {
    return this.state === "ok" && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /** The picture of now as JPEG, its longer side at most `side` px, at most about `most` bytes; null when there is none. */
  async picture(side: number, most: number, quality = 0.6): Promise<Blob | null> {
    if (!this.ready || !this.video.videoWidth) return null;
    const scale = Math.min(1, side / Math.max(this.video.videoWidth, this.video.videoHeight));
    this.canvas.width = Math.round(this.video.videoWidth * scale);
    this.canvas.height = Math.round(this.video.videoHeight * scale);
    this.canvas.getContext("2d")?.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    for (let q = quality; ; q -= 0.12) {
      const blob = await new Promise<Blob | null>((done) => this.canvas.toBlob(done, "image/jpeg", q));
      if (!blob || blob.size <= most || q < 0.3) return blob;
    }
  }

  /** Mean brightness of the picture, 0-255; null when there is none. */
  brightness(): number | null {
    if (!this.ready) return null;
    const small = document.createElement("canvas");
    small.width = 32;
    small.height = 24;
    const pen = small.getContext("2d", { willReadFrequently: true });
    if (!pen) return null;
    pen.drawImage(this.video, 0, 0, 32, 24);
    const { data } = pen.getImageData(0, 0, 32, 24);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += 0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!;
    return sum / (data.length / 4);
  }

  private watch(stream: MediaStream): void {
    const track = stream.getVideoTracks()[0];
    if (!track) return;
    track.addEventListener("ended", () => this.lose(stream));
    track.addEventListener("mute", () => {
      window.clearTimeout(this.muteTimer);
      this.muteTimer = window.setTimeout(() => this.lose(stream), MUTE_PATIENCE_MS);
    });
    track.addEventListener("unmute", () => {
      window.clearTimeout(this.muteTimer);
      if (this.stream === stream && this.state === "lost") this.become("ok");
    });
  }

  private lose(stream: MediaStream): void {
    if (this.stream !== stream || !this.wanted) return;
    this.become("lost");
    this.tryLater();
  }

  private tryLater(): void {
    window.clearTimeout(this.retryTimer);
    if (!this.wanted) return;
    this.retryTimer = window.setTimeout(() => {
      // Asking again after a refusal would only nag; a changed permission is noticed when the page is looked at again.
      if (this.state !== "refused" && document.visibilityState === "visible") void this.start();
      else this.tryLater();
    }, RETRY_MS);
  }

  private release(): void {
    window.clearTimeout(this.muteTimer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }

  private become(state: CameraState): CameraState {
    const before = this.state;
    this.state = state;
    if (before !== state) this.changed(state, before);
    return state;
  }
}
