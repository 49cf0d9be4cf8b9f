import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision
import Testing

@Suite("Detector", .serialized)
struct DetectorTests {
    private let small = DetectorArchitecture(depth: 0.33, width: 0.125, isDepthwise: true, activation: .relu)

    @Test(
        "The output has one row per anchor point for square and other inputs",
        arguments: [(64, 64), (96, 64), (64, 160)])
    func outputShape(height: Int, width: Int) throws {
        let detector = try Detector(architecture: small, classCount: 3, seed: 1, device: .cpu)
        let output = try Gradients.disabled { try detector(.zeros(shape: [2, 3, height, width])) }
        let points = [8, 16, 32].reduce(0) { $0 + (height / $1) * (width / $1) }
        #expect(output.shape == [2, points, 8])
        #expect(AnchorPoints(input: ImageSize(width: width, height: height)).count == points)
    }

    @Test("Folding the normalisations does not change what the network answers")
    func folding() throws {
        let detector = try Detector(architecture: small, classCount: 2, seed: 3, device: .cpu)
        let pixels = (0..<3 * 64 * 64).map { Float(($0 * 37) % 255) }
        let image = try Tensor.from(pixels, shape: [1, 3, 64, 64])
        let plain: [Float] = try Gradients.disabled { try detector(image).values() }
        try detector.parameters.fold()
        let folded: [Float] = try Gradients.disabled { try detector(image).values() }
        #expect(zip(plain, folded).allSatisfy { abs($0 - $1) < 1e-3 })
    }

    @Test("Without objects the loss speaks of objectness alone")
    func lossWithoutObjects() throws {
        let detector = try Detector(architecture: small, classCount: 2, seed: 1, device: .cpu)
        let output = try detector(.zeros(shape: [1, 3, 64, 64]))
        let value = try DetectionLoss(classCount: 2)(
            output, objects: [[]], anchors: AnchorPoints(input: ImageSize(width: 64, height: 64)))
        #expect(Set(value.parts.keys) == ["objectness"])
        #expect(value.responsibleCount == 0)
        try value.total.backward()
    }

    @Test("One photo is learned by heart")
    func overfits() throws {
        let detector = try Detector(architecture: small, classCount: 2, seed: 1, device: .cpu)
        detector.parameters.setNormalization(.batch)
        let optimizer = try AdamW(groups: [.init(parameters: detector.parameters.parameters, weightDecay: 0)])
        let anchors = AnchorPoints(input: ImageSize(width: 64, height: 64))
        let pixels = (0..<2 * 3 * 64 * 64).map { index -> Float in
            let (x, y) = (index % 64, index / 64 % 64)
            return (16..<48).contains(x) && (16..<48).contains(y) ? 220 : 40
        }
        let images = try Tensor.from(pixels, shape: [2, 3, 64, 64])
        let object = TargetBox(label: 1, xMin: 16, yMin: 16, xMax: 48, yMax: 48)
        var losses: [Float] = []
        for _ in 0..<200 {
            let value = try DetectionLoss(classCount: 2)(
                detector(images), objects: [[object], [object]], anchors: anchors)
            losses.append(try value.total.item())
            try optimizer.clearGradients()
            try value.total.backward()
            try optimizer.step(learningRate: 3e-3)
        }
        #expect(losses[199] < losses[0] * 0.25)
    }
}
