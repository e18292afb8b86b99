/** Opens a dialog over the page; without modality where that isn't known (jsdom), or refused. */
export function openModal(dialog: HTMLDialogElement): void {
  try {
    dialog.showModal();
  } catch {
    dialog.setAttribute('open', '');
  }
}

/** Closes what {@link openModal} opened. */
export function closeModal(dialog: HTMLDialogElement): void {
  try {
    dialog.close();
  } catch {
    dialog.removeAttribute('open');
    dialog.dispatchEvent(new Event('close'));
  }
}
