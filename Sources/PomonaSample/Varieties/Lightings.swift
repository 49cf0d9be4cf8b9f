import Foundation
import PomonaCore

/// Daylight through windows, lamps, overcast days; warm and cold, hard and soft.
enum Lightings {
    /// - Parameter ground: Mean colour of the ground, which throws light back up.
    static func lighting(ground: Vector, _ generator: inout SeededGenerator) -> Lighting {
        let elevation = generator.float(0.45, 1.35)
        let heading = generator.heading()
        let toKey = Vector(heading.x * cos(elevation), sin(elevation), heading.y * cos(elevation))
        let kelvin = generator.logarithmic(2900, 7500)
        let keyColour = Colour.blackbody(kelvin) * generator.float(1, 2.6)
        // The room is lit by the window too, and by other things of another colour.
        let roomColour = mix(Colour.blackbody(kelvin), Colour.blackbody(generator.logarithmic(3500, 9000)), 0.6)
        let room = roomColour * generator.logarithmic(0.5, 1.4)
        let half = generator.logarithmic(0.07, 0.4)
        let opposite = Rotation(about: [0, 1, 0], by: generator.float(1.6, 4.7)).outward(toKey)
        let arriving = keyColour * toKey.y + room * 0.8
        return Lighting(
            key: Rotation(about: toKey, by: generator.float(-0.5, 0.5)).following(Rotation(yAxis: toKey)),
            keyColour: keyColour, window: SIMD2(half, half * generator.float(0.8, 1.6)),
            hasBars: generator.chance(0.4), sky: room, horizon: room * generator.float(0.4, 0.9),
            bounce: ground * arriving * generator.float(0.35, 0.6), fill: opposite,
            fillColour: room * generator.float(0, 0.5))
    }

    /// The camera that takes the photo, which balances out most of the light's colour.
    static func film(for lighting: Lighting, _ generator: inout SeededGenerator) -> Film {
        let white = lighting.keyColour * lighting.toKey.y + lighting.sky
        let cast = white / white.luminance
        let left = generator.float(0.5, 0.95)
        let balance = Vector(pow(cast.x, -left), pow(cast.y, -left), pow(cast.z, -left))
        return Film(
            exposure: Float(generator.normal()) * 0.35 + 0.15, whiteBalance: generator.near(balance, by: 0.05),
            contrast: generator.float(0.85, 1.08), saturation: generator.float(0.82, 1.08),
            vignette: generator.float(0, 0.4), softness: generator.float(0.1, 0.75),
            noise: generator.logarithmic(0.004, 0.028), noiseSeed: generator.bits())
    }
}
