import Foundation
import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaTensor
import PomonaVision

/// What a run starts from: weights, architecture, input form and the recipe that suits them.
struct RunOrigin {
    let foundation: FoundationWeights?
    let start: Recipe.Start
    let architecture: DetectorArchitecture
    let input: InputForm
    let recipe: Recipe
    private let labels: [String]

    init(_ request: TrainingRequest) throws {
        let asked = try request.size.map { name in
            guard let architecture = DetectorArchitecture(named: name) else { throw TrainingError.unknownSize(name) }
            return architecture
        }
        let foundation = try request.foundation.map { try FoundationWeights(path: $0) }
        if let path = request.foundation, foundation?.kind == .classifier, request.kind == .detector {
            throw TrainingError.foundationFindsNothing(path: path)
        }
        let side = request.imageSize ?? Self.usualSide(request.kind, foundation)
        guard side % 32 == 0, (64...2048).contains(side) else { throw TrainingError.imageSize(side) }
        if let asked, let foundation, asked != foundation.architecture {
            throw TrainingError.sizeDiffers(
                asked: request.size ?? "", foundation: foundation.architecture.name ?? "of its own")
        }
        guard let architecture = foundation?.architecture ?? asked ?? DetectorArchitecture(named: "nano") else {
            throw TrainingError.unknownSize("nano")
        }
        var input = foundation?.input ?? .published(side: side)
        input.size = ImageSize(width: side, height: side)
        start = foundation.map { $0.isPublished ? .published : .pretrained } ?? .nothing
        recipe = Recipe(start: start)
        self.foundation = foundation
        self.architecture = architecture
        self.input = input
        labels = request.trainingSet.labels
    }

    /// Side of the network's input in pixels: the one that a foundation of this project was taught at. Published weights, which
    /// were taught at larger ones than a CPU has time for, and none at all, get 416 for finding things and 224 for telling
    /// what a photo shows. Another classifier goes on at its own.
    private static func usualSide(_ kind: ModelKind, _ foundation: FoundationWeights?) -> Int {
        if let foundation, foundation.kind == .classifier { return foundation.input.size.width }
        guard let foundation, !foundation.isPublished else { return kind == .detector ? 416 : 224 }
        return kind == .detector ? foundation.input.size.width : foundation.classificationSide ?? 224
    }

    /// The network as it is before the first step.
    func makeDetector(seed: UInt64, device: Device) throws -> Detector {
        let detector = try Detector(
            architecture: architecture, classCount: labels.count, seed: seed, device: device)
        try foundation?.load(into: detector, labels: labels)
        return detector
    }
}
