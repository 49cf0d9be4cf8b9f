import Foundation
import PomonaCore

/// A linear change of colours: turned in hue, stretched in saturation, scaled in brightness.
///
/// Hue and saturation act in the plane of colour differences of YIQ, so a grey stays the grey it is and the whole change is
/// one 3 x 3 matrix.
struct ColourJitter {
    /// Rows give red, green and blue from red, green and blue.
    let matrix: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)

    init(_ options: AugmentationOptions, generator: inout SeededGenerator) {
        let angle = generator.uniform(-1..<1) * options.hueDegrees * .pi / 180
        let saturation = 1 + generator.uniform(-1..<1) * options.saturation
        let brightness = 1 + generator.uniform(-1..<1) * options.brightness
        self.init(angle: angle, saturation: saturation, brightness: brightness)
    }

    init(angle: Double, saturation: Double, brightness: Double) {
        let luma = SIMD3<Double>(0.299, 0.587, 0.114)
        let i = SIMD3<Double>(0.596, -0.274, -0.322)
        let q = SIMD3<Double>(0.211, -0.523, 0.312)
        let (cosine, sine) = (cos(angle) * saturation, sin(angle) * saturation)
        let (turnedI, turnedQ) = (i * cosine - q * sine, i * sine + q * cosine)
        func row(_ fromI: Double, _ fromQ: Double) -> SIMD3<Float> {
            SIMD3<Float>((luma + turnedI * fromI + turnedQ * fromQ) * brightness)
        }
        matrix = (row(0.956, 0.621), row(-0.272, -0.647), row(-1.106, 1.703))
    }

    static let none = ColourJitter(angle: 0, saturation: 1, brightness: 1)
}
