import PomonaCore
import PomonaModel

/// A model file as an ONNX graph.
struct ModelGraph {
    let file: SafetensorsFile
    let description: ModelDescription
    let options: ONNXExportOptions

    init(file: SafetensorsFile, options: ONNXExportOptions) throws {
        description = try ModelDescription(file: file)
        self.file = file
        self.options = options
        try checkOptions()
    }

    /// Name of the input in every file: `[N, 3, H, W]`.
    static let inputName = "images"

    func graph() throws -> ONNXGraph {
        let builder = GraphBuilder(name: "pomona \(description.kind.rawValue)", precision: options.precision)
        let network = NetworkGraph(
            builder: builder, weights: ModelWeights(file: file), architecture: description.architecture)
        let size = description.input.size
        let images = builder.input(
            Self.inputName, [batch, .fixed(3), .fixed(size.height), .fixed(size.width)],
            meaning: description.input.words)
        let levels = try network.backbone(builder.intoNetwork(images, at: Self.inputName))
        switch description.kind {
        case .detector: try finishDetector(network, levels)
        case .classifier:
            let scores = try network.classifier(levels[2], classCount: labelCount)
            builder.output(
                scores, as: "scores", .float, [batch, .fixed(labelCount)],
                meaning: "how likely each label is; a photo's values sum to 1")
        }
        return builder.graph
    }

    private var labelCount: Int { description.labels.count }

    private var batch: GraphBuilder.Extent {
        switch options.batch {
        case .dynamic: .named("N")
        case .fixed(let count): .fixed(count)
        }
    }

    private func finishDetector(_ network: NetworkGraph, _ levels: [GraphBuilder.Value]) throws {
        let builder = network.builder
        let raw = builder.outOfNetwork(
            try network.head(network.neck(levels), classCount: labelCount), at: "head.rows")
        let decoded = network.decoded(raw, input: description.input.size, classCount: labelCount)
        let corners = "x and y of the top left, x and y of the bottom right corner, in pixels of the input"
        guard let suppression = options.suppression else {
            let count = AnchorPoints(input: description.input.size).count
            builder.output(
                decoded.boxes, as: "boxes", .float, [batch, .fixed(count), .fixed(4)], meaning: corners)
            builder.output(
                decoded.scores, as: "scores", .float, [batch, .fixed(count), .fixed(labelCount)],
                meaning: "confidence of each label, 0...1, for the box at the same position")
            return
        }
        let kept = network.suppressed(decoded, suppression)
        builder.output(kept.boxes, as: "detection_boxes", .float, [.named("K"), .fixed(4)], meaning: corners)
        builder.output(kept.scores, as: "detection_scores", .float, [.named("K")], meaning: "confidence, 0...1")
        builder.output(
            kept.labels, as: "detection_labels", .int64, [.named("K")], meaning: "index into the labels")
        builder.output(
            kept.photos, as: "detection_photos", .int64, [.named("K")], meaning: "index of the photo in the batch")
    }

    private func checkOptions() throws {
        if case .fixed(let count) = options.batch, !(1...1024).contains(count) {
            throw ONNXExportError.invalidOption(name: "batch", found: "\(count)", range: "1...1024")
        }
        guard let suppression = options.suppression else { return }
        guard description.kind == .detector else { throw ONNXExportError.suppressionWithoutBoxes(path: file.path) }
        for (name, value) in [("overlap", suppression.overlap), ("threshold", suppression.threshold)]
        where !(0...1).contains(value) {
            throw ONNXExportError.invalidOption(name: name, found: "\(value)", range: "0...1")
        }
        guard (1...10_000).contains(suppression.limitPerLabel) else {
            throw ONNXExportError.invalidOption(
                name: "limitPerLabel", found: "\(suppression.limitPerLabel)", range: "1...10000")
        }
    }
}

extension InputForm {
    /// The form in a sentence, for whoever opens the file elsewhere.
    var words: String {
        let place = placement == .topLeft ? "at the top left" : "in the centre"
        return "\(channelOrder == .rgb ? "RGB" : "BGR") planes, 0 is black, \(white) is white; the photo scaled as a "
            + "whole to fit \(size), \(place), the rest filled with \(Float(fill) * white / 255)"
    }
}
