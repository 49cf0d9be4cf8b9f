#include "cpixels.h"

#include <stdbool.h>
#include <stddef.h>

void cpixels_turn_upright(
    const uint8_t *pixels, int32_t width, int32_t height, int32_t orientation, uint8_t *upright)
{
    // EXIF 2.3, tag 0x0112: where the stored first row and first column belong in the picture.
    bool sideways = orientation >= 5;
    bool from_bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    bool from_right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;

    // Read in the order of the upright pixels: a step along the upright row, and one to the next row.
    const ptrdiff_t column = 3, row = (ptrdiff_t)width * 3;
    const uint8_t *first = pixels;
    ptrdiff_t along, down;
    if (sideways) {
        along = from_right ? -row : row;
        down = from_bottom ? -column : column;
        first += from_right ? row * (height - 1) : 0;
        first += from_bottom ? column * (width - 1) : 0;
    } else {
        along = from_right ? -column : column;
        down = from_bottom ? -row : row;
        first += from_right ? column * (width - 1) : 0;
        first += from_bottom ? row * (height - 1) : 0;
    }

    int32_t upright_width = sideways ? height : width, upright_height = sideways ? width : height;
    for (int32_t y = 0; y < upright_height; y++) {
        const uint8_t *pixel = first + y * down;
        for (int32_t x = 0; x < upright_width; x++, pixel += along, upright += 3) {
            upright[0] = pixel[0];
            upright[1] = pixel[1];
            upright[2] = pixel[2];
        }
    }
}
