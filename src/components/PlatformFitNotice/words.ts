/** The words of `PlatformFitNotice`. */
export interface PlatformFitMessages {
  /** An upload does not fit a platform; what is wrong follows in the API's words. */
  platformUnfit: (platform: string) => string;
  /** An upload fits a platform, and there are remarks, which follow in the API's words. */
  platformRemarks: (platform: string) => string;
  /** The container could not be read, so nobody knows. */
  platformFitUnavailable: string;
}

/** Their English. */
export const platformFitEnglish: PlatformFitMessages = {
  platformFitUnavailable: "Couldn't check platform requirements.",
  platformUnfit: (platform) => `Does not fit ${platform}`,
  platformRemarks: (platform) => `Good to know for ${platform}`,
};
