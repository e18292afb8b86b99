/** The words that several components say. */
export interface CommonMessages {
  /** Opens what only a support team needs. */
  details: string;
  /** Name of an error's code under Details. */
  detailCode: string;
  /** Name of a request's id under Details. */
  detailRequest: string;
  /** Name of a container's id under Details. */
  detailContainer: string;
  /** Asks for the same again. */
  tryAgain: string;
  /** Name of a button that closes something: the large image, the result of approving many. */
  close: string;
  /** Between the parts of what a voice reads. @default ', ' */
  separator: string;
  /** Title of a container without a hook, a topic and a caption. */
  untitled: string;
  /** In the width of a card's badge: what it would say could not be read. */
  unavailable: string;
  /** Something went wrong while a component was drawn. */
  broken: string;
  /** There is no media and there will be none. */
  noMedia: string;
}

/** Their English. */
export const commonEnglish: CommonMessages = {
  details: 'Details',
  detailCode: 'Code',
  detailRequest: 'Request',
  detailContainer: 'Content',
  tryAgain: 'Try again',
  close: 'Close',
  separator: ', ',
  untitled: 'Untitled',
  unavailable: 'Unavailable',
  broken: "This can't be shown right now.",
  noMedia: 'No preview',
};
