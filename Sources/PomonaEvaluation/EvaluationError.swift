public import PomonaCore

/// Why results cannot be evaluated. Photos are named by their index in the array that was handed over.
public enum EvaluationError: PomonaError, Equatable {
    /// What of a photo an error speaks of.
    public enum Subject: Equatable, Sendable, CustomStringConvertible {
        case annotation(Int)
        case detection(Int)

        public var description: String {
            switch self {
            case .annotation(let index): "annotation \(index)"
            case .detection(let index): "detection \(index)"
            }
        }
    }

    case duplicateTag(name: String, first: Int, second: Int)
    case unknownLabel(photo: Int, subject: Subject, label: Int, labelCount: Int)
    case missingBox(photo: Int, annotation: Int)
    case invalidBox(photo: Int, subject: Subject, box: Box)
    case invalidConfidence(photo: Int, detection: Int, confidence: Double)
    case invalidIoUThreshold(Double)
    case unknownTruth(photo: Int, label: Int, labelCount: Int)
    case probabilityCount(photo: Int, found: Int, labelCount: Int)
    case invalidProbability(photo: Int, label: Int, probability: Double)

    public var code: String {
        switch self {
        case .duplicateTag: "duplicateTag"
        case .unknownLabel, .unknownTruth: "unknownTag"
        case .missingBox: "missingBox"
        case .invalidBox: "invalidBox"
        case .invalidConfidence, .invalidProbability: "invalidConfidence"
        case .invalidIoUThreshold: "invalidThreshold"
        case .probabilityCount: "probabilityCount"
        }
    }

    public var message: String {
        switch self {
        case .duplicateTag(let name, let first, let second):
            "Tags \(first) and \(second) are both named \"\(name)\"; figures per tag need different names."
        case .unknownLabel(let photo, let subject, let label, let labelCount):
            "Photo \(photo), \(subject): label is \(label), but \(Self.range(labelCount))."
        case .missingBox(let photo, let annotation):
            "Photo \(photo), annotation \(annotation): it has no box, and object detection is evaluated by boxes."
        case .invalidBox(let photo, let subject, let box):
            "Photo \(photo), \(subject): the box (\(box.xMin), \(box.yMin), \(box.xMax), \(box.yMax)) is none; "
                + "its numbers must be finite and each maximum at least its minimum."
        case .invalidConfidence(let photo, let detection, let confidence):
            "Photo \(photo), detection \(detection): confidence is \(confidence), but must lie in 0...1."
        case .invalidIoUThreshold(let threshold):
            "The IoU threshold \(threshold) cannot be used; it must lie above 0 and not above 1."
        case .unknownTruth(let photo, let label, let labelCount):
            "Photo \(photo): its true label is \(label), but \(Self.range(labelCount))."
        case .probabilityCount(let photo, let found, let labelCount):
            "Photo \(photo): \(found) probabilities were given for \(labelCount) tags; there must be one for each."
        case .invalidProbability(let photo, let label, let probability):
            "Photo \(photo): the probability of tag \(label) is \(probability), but must lie in 0...1."
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .invalidIoUThreshold: .usage
        default: .badData
        }
    }

    private static func range(_ labelCount: Int) -> String {
        labelCount == 0 ? "there are no tags" : "the tags are numbered 0...\(labelCount - 1)"
    }

    /// Refuses tag names that would share one entry in a dictionary of figures.
    static func checkDistinct(_ labels: [String]) throws(EvaluationError) {
        var seen: [String: Int] = [:]
        for (index, name) in labels.enumerated() {
            if let first = seen.updateValue(index, forKey: name) {
                throw .duplicateTag(name: name, first: first, second: index)
            }
        }
    }
}
