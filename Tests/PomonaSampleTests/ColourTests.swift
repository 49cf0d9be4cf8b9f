import Testing

@testable import PomonaSample

@Suite("Colour and ToneCurve")
struct ColourTests {
    @Test("Encoding undoes decoding", arguments: [Float(0), 0.02, 0.2, 0.5, 0.9, 1])
    func roundTrip(signal: Float) {
        #expect(abs(Colour.encoded(Colour.linear(signal)) - signal) < 1e-4)
    }

    @Test("Hues are where they belong, and wrap around")
    func hues() {
        #expect(Colour.hsv(0, 1, 1) == Vector(1, 0, 0))
        let green = Colour.hsv(1 / 3, 1, 1)
        #expect(green.y == 1 && green.x < 1e-3 && green.z < 1e-3)
        #expect((Colour.hsv(1.25, 0.5, 0.5) - Colour.hsv(0.25, 0.5, 0.5)).length < 1e-4)
    }

    @Test("Warm light is redder than cold light and equally bright")
    func blackbody() {
        let (warm, cold) = (Colour.blackbody(2800), Colour.blackbody(9000))
        #expect(warm.x > warm.z && cold.z > cold.x)
        #expect(abs(warm.luminance - 1) < 1e-4 && abs(cold.luminance - 1) < 1e-4)
    }

    @Test("More light never gives a darker signal, and no light gives black")
    func toneCurveRises() {
        let curve = ToneCurve(contrast: 1.1)
        let signals = (0...400).map { curve.encoded(Vector(repeating: Float($0) * 0.025)).x }
        #expect(signals[0] < 0.01)
        #expect(zip(signals, signals.dropFirst()).allSatisfy { $0 <= $1 + 1e-5 })
        #expect(signals[400] > 0.95 && signals[400] <= 1)
    }

    @Test("Bright orange stays orange: red over green over blue")
    func toneCurveKeepsHue() {
        let signal = ToneCurve(contrast: 1).encoded(Vector(3, 1.2, 0.1))
        #expect(signal.x - signal.y > 0.1)
        #expect(signal.y - signal.z > 0.3)
    }
}
