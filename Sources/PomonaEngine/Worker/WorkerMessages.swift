public import PomonaCore

/// What the server asks its predictor.
public enum WorkerRequest: Equatable, Sendable {
    /// What is on the photo that comes with it?
    case predict(PredictionOrder)
    /// Which OpenVINO is there?
    case runtime
}

/// How a photo is to be looked at.
public struct PredictionOrder: Equatable, Sendable {
    /// Path of the model file.
    public var model: String
    /// Tells apart what lay under the path at one time and another.
    public var revision: String
    /// Whether a large photo is looked at piece by piece.
    public var isTiled: Bool
    /// What is less confident (0...1) is left out.
    public var threshold: Double

    public init(model: String, revision: String = "", isTiled: Bool = false, threshold: Double) {
        self.model = model
        self.revision = revision
        self.isTiled = isTiled
        self.threshold = threshold
    }
}

/// What the predictor answers.
public enum WorkerAnswer: Sendable {
    /// With the model's tags in the order of their indices.
    case predicted(Prediction, labels: [String])
    /// `nil` where there is none that could be used.
    case runtime(version: String?)
    case failed(Failure)
}

extension WorkerRequest {
    func head(id: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.put(id)
        switch self {
        case .predict(let order):
            writer.put(UInt8(0))
            writer.put(order.model)
            writer.put(order.revision)
            writer.put(order.isTiled)
            writer.put(order.threshold)
        case .runtime: writer.put(UInt8(1))
        }
        return writer.bytes
    }

    static func read(_ head: [UInt8]) throws(WorkerError) -> (id: UInt32, request: WorkerRequest) {
        var reader = ByteReader(head)
        let id = try reader.integer(UInt32.self)
        switch try reader.integer(UInt8.self) {
        case 0:
            let (model, revision) = (try reader.text(), try reader.text())
            let (isTiled, threshold) = (try reader.bool(), try reader.double())
            return (
                id,
                .predict(PredictionOrder(model: model, revision: revision, isTiled: isTiled, threshold: threshold))
            )
        case 1: return (id, .runtime)
        case let kind: throw .garbled("a request of the kind \(kind)")
        }
    }
}

extension WorkerAnswer {
    func head(id: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.put(id)
        switch self {
        case .predicted(let prediction, let labels):
            writer.put(UInt8(0))
            writer.put(prediction, labels)
        case .runtime(let version):
            writer.put(UInt8(1))
            writer.put(version)
        case .failed(let failure):
            writer.put(UInt8(2))
            writer.put(failure.code)
            writer.put(failure.message)
            writer.put(failure.hint)
            writer.put(failure.kind.rawValue)
        }
        return writer.bytes
    }

    static func read(_ head: [UInt8]) throws(WorkerError) -> (id: UInt32, answer: WorkerAnswer) {
        var reader = ByteReader(head)
        let id = try reader.integer(UInt32.self)
        switch try reader.integer(UInt8.self) {
        case 0:
            let (prediction, labels) = try reader.prediction()
            return (id, .predicted(prediction, labels: labels))
        case 1: return (id, .runtime(version: try reader.optionalText()))
        case 2:
            let (code, message, hint) = (try reader.text(), try reader.text(), try reader.optionalText())
            let kind = ErrorKind(rawValue: try reader.text()) ?? .internal
            return (id, .failed(Failure(code: code, message: message, hint: hint, kind: kind)))
        case let kind: throw .garbled("an answer of the kind \(kind)")
        }
    }
}

extension ByteWriter {
    fileprivate mutating func put(_ prediction: Prediction, _ labels: [String]) {
        put(Int64(prediction.size.width))
        put(Int64(prediction.size.height))
        put(prediction.milliseconds)
        put(UInt32(prediction.detections.count))
        for detection in prediction.detections {
            put(Int32(detection.label))
            put(detection.confidence)
            for side in [detection.box.xMin, detection.box.yMin, detection.box.xMax, detection.box.yMax] { put(side) }
        }
        put(prediction.tags != nil)
        if let tags = prediction.tags {
            put(UInt32(tags.count))
            for tag in tags {
                put(Int32(tag.label))
                put(tag.confidence)
            }
        }
        put(UInt32(labels.count))
        for label in labels { put(label) }
    }
}

extension ByteReader {
    fileprivate mutating func prediction() throws(WorkerError) -> (Prediction, labels: [String]) {
        let (width, height) = (Int(try integer(Int64.self)), Int(try integer(Int64.self)))
        var prediction = Prediction(size: ImageSize(width: width, height: height), milliseconds: try double())
        for _ in 0..<(try count(ofAtLeast: 44)) {
            let (label, confidence) = (Int(try integer(Int32.self)), try double())
            let (left, top, right, bottom) = (try double(), try double(), try double(), try double())
            prediction.detections.append(
                Detection(
                    label: label, confidence: confidence, box: Box(xMin: left, yMin: top, xMax: right, yMax: bottom)))
        }
        if try bool() {
            var tags: [PhotoTag] = []
            for _ in 0..<(try count(ofAtLeast: 12)) {
                tags.append(PhotoTag(label: Int(try integer(Int32.self)), confidence: try double()))
            }
            prediction.tags = tags
        }
        var labels: [String] = []
        for _ in 0..<(try count(ofAtLeast: 4)) { labels.append(try text()) }
        return (prediction, labels)
    }
}
