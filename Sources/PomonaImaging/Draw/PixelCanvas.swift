import PomonaCore

/// A rectangle of whole pixels; the right and bottom edges are the first that are not in it.
struct PixelRectangle: Equatable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    func insetBy(_ amount: Int) -> PixelRectangle {
        PixelRectangle(left: left + amount, top: top + amount, right: right - amount, bottom: bottom - amount)
    }

    func movedBy(x: Int, y: Int) -> PixelRectangle {
        PixelRectangle(left: left + x, top: top + y, right: right + x, bottom: bottom + y)
    }

    func intersects(_ other: PixelRectangle) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}

/// Pixels that are being drawn on. All drawing is clipped to them.
struct PixelCanvas {
    let size: ImageSize
    let pixels: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter opacity: 0 (nothing) ... 255 (covers).
    func fill(_ rectangle: PixelRectangle, _ color: RGBColor, opacity: UInt8 = 255) {
        let (left, right) = (max(0, rectangle.left), min(size.width, rectangle.right))
        let (top, bottom) = (max(0, rectangle.top), min(size.height, rectangle.bottom))
        guard left < right, top < bottom else { return }
        for y in top..<bottom {
            for x in left..<right { blend(color, opacity, at: (y * size.width + x) * 3) }
        }
    }

    /// Draws the edge of a rectangle, `thickness` pixels wide, inside it.
    func frame(_ rectangle: PixelRectangle, thickness: Int, _ color: RGBColor, opacity: UInt8 = 255) {
        let inner = rectangle.insetBy(thickness)
        guard inner.left < inner.right, inner.top < inner.bottom else {
            return fill(rectangle, color, opacity: opacity)
        }
        var part = rectangle
        part.bottom = inner.top
        fill(part, color, opacity: opacity)
        part = rectangle
        part.top = inner.bottom
        fill(part, color, opacity: opacity)
        part = PixelRectangle(left: rectangle.left, top: inner.top, right: inner.left, bottom: inner.bottom)
        fill(part, color, opacity: opacity)
        part.left = inner.right
        part.right = rectangle.right
        fill(part, color, opacity: opacity)
    }

    /// Draws text whose capitals have their top left corner at (x, y), no further than `right`.
    func draw(_ text: TextMask, x: Int, y: Int, right: Int, _ color: RGBColor) {
        let (left, top) = (x - text.origin, y - text.origin)
        let firstColumn = max(0, -left)
        let firstRow = max(0, -top)
        let columns = firstColumn..<max(firstColumn, min(text.width, min(right, size.width) - left))
        let rows = firstRow..<max(firstRow, min(text.height, size.height - top))
        for row in rows {
            for column in columns {
                let ink = text.coverage[row * text.width + column]
                if ink > 0 { blend(color, ink, at: ((top + row) * size.width + left + column) * 3) }
            }
        }
    }

    @inline(__always)
    private func blend(_ color: RGBColor, _ opacity: UInt8, at index: Int) {
        func mix(_ below: UInt8, _ above: UInt8) -> UInt8 {
            let (part, rest) = (Int(opacity), 255 - Int(opacity))
            return UInt8((Int(above) * part + Int(below) * rest + 127) / 255)
        }
        pixels[index] = mix(pixels[index], color.red)
        pixels[index + 1] = mix(pixels[index + 1], color.green)
        pixels[index + 2] = mix(pixels[index + 2], color.blue)
    }
}
