import Foundation

/// A camera's tone curve followed by sRGB's encoding, as tables.
struct ToneCurve {
    private let tones: [Float]
    private let signals: [Float]
    private static let range: Float = 8
    private static let steps = 2048

    /// - Parameter contrast: Steepness around middle grey; 1 leaves it as it is.
    init(contrast: Float) {
        // Steps grow with the square root of the light: fine in the dark, where the curves are steep.
        let lights = (0...Self.steps).map { index in
            let share = Float(index) / Float(Self.steps)
            return share * share
        }
        tones = lights.map { light in
            let pivoted = 0.18 * pow(max(light * Self.range, 1e-6) / 0.18, contrast) * 0.8
            // Narkowicz's fit of the ACES film curve.
            let filmic = pivoted * (2.51 * pivoted + 0.03) / (pivoted * (2.43 * pivoted + 0.59) + 0.14)
            return clamp(filmic, 0, 1)
        }
        signals = lights.map(Colour.encoded)
    }

    /// - Parameter light: Linear light; 0.18 is middle grey.
    /// - Returns: The signal, 0...1 per channel.
    func encoded(_ light: Vector) -> Vector {
        let peak = max(light.max(), 1e-6)
        let toned = Vector(tone(light.x), tone(light.y), tone(light.z))
        // Toning each channel by itself turns bright orange yellow and bright red pink; toning the strongest and
        // keeping the ratios looks flat. Cameras do something between.
        let kept = light * (tone(peak) / peak)
        let mixed = mix(toned, kept, 0.6)
        return Vector(signal(mixed.x), signal(mixed.y), signal(mixed.z))
    }

    private func tone(_ light: Float) -> Float { Self.look(up: light / Self.range, in: tones) }

    private func signal(_ tone: Float) -> Float { Self.look(up: tone, in: signals) }

    private static func look(up share: Float, in table: [Float]) -> Float {
        let place = clamp(share, 0, 1).squareRoot() * Float(steps)
        let index = min(Int(place), steps - 1)
        return mix(table[index], table[index + 1], place - Float(index))
    }
}
