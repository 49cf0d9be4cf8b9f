import PomonaCore

/// A detection in the flat arrays of an evaluation.
struct Candidate: Sendable {
    var box: Box
    var confidence: Double
    var label: Int32
    var photo: Int32
}

/// A ground truth box in the flat arrays of an evaluation.
struct Truth: Sendable {
    var box: Box
    var label: Int32
    var photo: Int32
    var isCrowd: Bool
    /// Nothing is missed where it is not found, and a detection that matches it counts neither for nor against.
    var isIgnored: Bool

    init(_ annotation: Annotation, box: Box, photo: Int) {
        self.box = box
        self.label = Int32(annotation.label)
        self.photo = Int32(photo)
        isCrowd = annotation.isCrowd
        isIgnored = annotation.isCrowd || Overlap.area(box) > Overlap.largestArea
    }
}

/// All results of an evaluation as flat arrays, checked and sorted once.
struct DetectionTable: Sendable {
    let labelCount: Int
    let photoCount: Int

    /// Most confident first, equal ones by photo and then by their order in the photo. An index into this array is
    /// called a rank.
    let candidates: [Candidate]

    /// Photo after photo; in a photo those that count come first, the ignored ones last, each in the given order.
    let truths: [Truth]

    /// Ranks per label and per photo, rising.
    let candidatesByLabel: Grouping
    let candidatesByPhoto: Grouping

    /// Indices into `truths` per label, rising.
    let truthsByLabel: Grouping

    /// Where each photo's truths start, and one entry more: the end of the last photo's.
    private let truthStarts: [Int]

    /// - Throws: ``EvaluationError`` for a box, label or confidence that is none.
    init(_ photos: [PhotoResult], labelCount: Int) throws(EvaluationError) {
        var starts: [Int] = []
        let truths = try Self.flattenTruths(photos, labelCount: labelCount, starts: &starts)
        let unsorted = try Self.flattenDetections(photos, labelCount: labelCount)
        let order = ConfidenceOrder.descending(unsorted.map(\.confidence))
        let candidates = unsorted.withUnsafeBufferPointer { unsorted in order.map { unsorted[Int($0)] } }

        self.labelCount = labelCount
        photoCount = photos.count
        self.truths = truths
        truthStarts = starts
        self.candidates = candidates
        candidatesByLabel = Grouping(count: candidates.count, groupCount: labelCount) { Int(candidates[$0].label) }
        candidatesByPhoto = Grouping(count: candidates.count, groupCount: photos.count) { Int(candidates[$0].photo) }
        truthsByLabel = Grouping(count: truths.count, groupCount: labelCount) { Int(truths[$0].label) }
    }

    /// Where the photo's truths lie in `truths`.
    func truths(of photo: Int) -> Range<Int> { truthStarts[photo]..<truthStarts[photo + 1] }

    /// How many objects of each label are to be found, crowds left out.
    func objectCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: labelCount)
        for truth in truths where !truth.isIgnored {
            counts[Int(truth.label)] += 1
        }
        return counts
    }

    private static func flattenTruths(
        _ photos: [PhotoResult], labelCount: Int, starts: inout [Int]
    ) throws(EvaluationError) -> [Truth] {
        var truths: [Truth] = []
        truths.reserveCapacity(photos.reduce(0) { $0 + $1.annotations.count })
        var ignored: [Truth] = []
        starts = [0]
        for (photo, result) in photos.enumerated() {
            ignored.removeAll(keepingCapacity: true)
            for (index, annotation) in result.annotations.enumerated() {
                guard let box = annotation.box else { throw .missingBox(photo: photo, annotation: index) }
                let subject = EvaluationError.Subject.annotation(index)
                try check(label: annotation.label, labelCount: labelCount, photo: photo, subject: subject)
                try check(box, photo: photo, subject: subject)
                let truth = Truth(annotation, box: box, photo: photo)
                if truth.isIgnored { ignored.append(truth) } else { truths.append(truth) }
            }
            truths.append(contentsOf: ignored)
            starts.append(truths.count)
        }
        return truths
    }

    private static func flattenDetections(
        _ photos: [PhotoResult], labelCount: Int
    ) throws(EvaluationError) -> [Candidate] {
        var candidates: [Candidate] = []
        candidates.reserveCapacity(photos.reduce(0) { $0 + $1.detections.count })
        for (photo, result) in photos.enumerated() {
            for (index, detection) in result.detections.enumerated() {
                let subject = EvaluationError.Subject.detection(index)
                try check(label: detection.label, labelCount: labelCount, photo: photo, subject: subject)
                try check(detection.box, photo: photo, subject: subject)
                guard detection.confidence >= 0, detection.confidence <= 1 else {
                    throw .invalidConfidence(photo: photo, detection: index, confidence: detection.confidence)
                }
                candidates.append(
                    Candidate(
                        box: detection.box, confidence: detection.confidence,
                        label: Int32(detection.label), photo: Int32(photo)))
            }
        }
        return candidates
    }

    @inline(__always)
    private static func check(
        label: Int, labelCount: Int, photo: Int, subject: EvaluationError.Subject
    ) throws(EvaluationError) {
        guard label >= 0, label < labelCount else {
            throw .unknownLabel(photo: photo, subject: subject, label: label, labelCount: labelCount)
        }
    }

    @inline(__always)
    private static func check(_ box: Box, photo: Int, subject: EvaluationError.Subject) throws(EvaluationError) {
        // Comparisons with NaN are false; an infinite extent or an infinite corner makes a side that is not finite.
        let (width, height) = (box.xMax - box.xMin, box.yMax - box.yMin)
        guard width >= 0, width.isFinite, height >= 0, height.isFinite else {
            throw .invalidBox(photo: photo, subject: subject, box: box)
        }
    }
}
