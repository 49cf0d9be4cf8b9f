import Foundation

/// Conversions between the colours a person names and the linear light the renderer adds up.
enum Colour {
    /// A colour by its sRGB values 0...255.
    static func sRGB(_ red: Float, _ green: Float, _ blue: Float) -> Vector {
        Vector(linear(red / 255), linear(green / 255), linear(blue / 255))
    }

    /// A colour by hue (turns: 0 red, 1/3 green, 2/3 blue), saturation and value, each 0...1, in sRGB's scale.
    static func hsv(_ hue: Float, _ saturation: Float, _ value: Float) -> Vector {
        func channel(_ shift: Float) -> Float {
            let position = (hue + shift) * 6
            let k = position - 6 * Float(floorInt(position / 6))
            return value * (1 - saturation * clamp(min(k, 4 - k), 0, 1))
        }
        return Vector(linear(channel(5 / 6)), linear(channel(3 / 6)), linear(channel(1 / 6)))
    }

    /// Undoes sRGB's transfer curve (IEC 61966-2-1).
    static func linear(_ encoded: Float) -> Float {
        encoded <= 0.04045 ? encoded / 12.92 : pow((encoded + 0.055) / 1.055, 2.4)
    }

    /// sRGB's transfer curve: linear light 0...1 to a signal 0...1.
    static func encoded(_ linear: Float) -> Float {
        linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow(linear, 1 / 2.4) - 0.055
    }

    /// The colour of a glowing body at a temperature in kelvin, scaled to brightness 1: a fit that is good to the eye
    /// between candle light (2000) and a blue sky (12000).
    static func blackbody(_ kelvin: Float) -> Vector {
        let t = clamp(kelvin, 2000, 12_000) / 6500
        let warmth = t < 1 ? 1 - t : 0
        let coolness = t > 1 ? 1 - 1 / t : 0
        let colour = Vector(
            1 + 0.35 * warmth - 0.45 * coolness,
            1 - 0.25 * warmth * (1 + warmth) - 0.2 * coolness,
            1 - 1.15 * warmth * (1.2 - 0.25 * warmth) + 0.3 * coolness)
        let bounded = pointwiseMax(colour, Vector(repeating: 0.05))
        return bounded / bounded.luminance
    }
}
