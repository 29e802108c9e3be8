/** Has the browser ask before this page is left, for as long as that is wanted: in words of its own. */
export class LeavePrompt {
  private isWanted = false;

  /** Says whether leaving should be asked about from now on. */
  want(isWanted: boolean): void {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    if (isWanted) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
