/** What those who show a link draw its image in, pixels. */
export const IMAGE_WIDTH = 1200
export const IMAGE_HEIGHT = 630
