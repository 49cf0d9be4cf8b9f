import Foundation

/// An opaque colour in sRGB.
public struct RGBColor: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Relative luminance, 0...1, as WCAG 2.1 defines it.
    var luminance: Double {
        func linear(_ value: UInt8) -> Double {
            let part = Double(value) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Black or white, whichever is easier to read on this colour. The contrast is at least 4.5, WCAG's level AA,
    /// because the luminance at which both contrasts are equal gives 4.58.
    var readableInk: RGBColor {
        (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? RGBColor(0, 0, 0) : RGBColor(255, 255, 255)
    }
}

/// The colours that tell labels apart in drawings. A label has the same colour in every photo.
public enum LabelPalette {
    /// Chosen by hand: strong on skin, leaves, sky and shadow, and neighbours far apart.
    public static let colors: [RGBColor] = [
        RGBColor(222, 38, 44), RGBColor(22, 108, 238), RGBColor(46, 190, 80), RGBColor(255, 176, 0),
        RGBColor(150, 72, 236), RGBColor(0, 190, 200), RGBColor(255, 92, 178), RGBColor(152, 214, 20),
        RGBColor(255, 118, 40), RGBColor(68, 76, 190), RGBColor(0, 128, 104), RGBColor(186, 20, 116),
        RGBColor(150, 96, 44), RGBColor(255, 232, 70), RGBColor(128, 196, 255), RGBColor(204, 164, 255),
    ]

    /// The colour of the label with an index >= 0. Beyond the hand-made colours come others in endless sequence.
    public static func color(forLabel index: Int) -> RGBColor {
        guard index >= colors.count else { return colors[max(0, index)] }
        // Steps of the golden angle never come back to a hue, and three strengths separate the nearest ones.
        let step = index - colors.count
        let hue = (Double(step) * 0.618_033_988_75 + 0.07).truncatingRemainder(dividingBy: 1)
        return color(hue: hue, saturation: [0.85, 0.6, 0.75][step % 3], value: [0.95, 0.85, 0.65][step % 3])
    }

    /// All arguments 0...1, hue as a part of the circle (A. R. Smith, "Color gamut transform pairs", 1978).
    private static func color(hue: Double, saturation: Double, value: Double) -> RGBColor {
        func channel(_ offset: Double) -> UInt8 {
            let k = (offset + hue * 6).truncatingRemainder(dividingBy: 6)
            return UInt8(((value - value * saturation * max(0, min(k, 4 - k, 1))) * 255).rounded())
        }
        return RGBColor(channel(5), channel(3), channel(1))
    }
}
