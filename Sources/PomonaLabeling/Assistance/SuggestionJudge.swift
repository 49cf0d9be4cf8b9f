import Foundation
import PomonaCore
import PomonaStore

/// Decides which of a model's findings become suggestions, and what they say about a photo.
struct SuggestionJudge {
    /// Two boxes are the same thing from this intersection over union, where a model is compared with labels.
    private static let sameThing = 0.5

    /// From this intersection over union two findings are of one thing, whatever their tags say: a person would delete one of
    /// them. It is the labeling page's measure as well.
    private static let samePlace = 0.75

    private let project: LabelingProject
    private let categories: [String: LabelCategory.ID]

    /// By category name; a tag without one is never suggested.
    let thresholds: [String: Double]

    /// What is less sure says nothing.
    let least: Double

    init(project: LabelingProject, words: ModelWords) {
        self.project = project
        categories = Dictionary(project.categories.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
        thresholds = Dictionary(
            project.categories.compactMap { category in words.threshold(of: category.name).map { (category.name, $0) }
            },
            uniquingKeysWith: { first, _ in first })
        // Findings somewhat below a threshold tell how unsure the model is.
        least = (thresholds.values.min() ?? 1) / 2
    }

    var thresholdWords: String {
        let values = Set(thresholds.values.map(ModelWords.text))
        if values.count == 1, let value = values.first { return "threshold \(value)" }
        return "thresholds "
            + thresholds.sorted { $0.key < $1.key }.map { "\($0) \(ModelWords.text($1))" }.joined(separator: ", ")
    }

    /// - Parameters:
    ///   - found: most confident first; of several findings of one thing the first is suggested.
    ///   - novelty: how unlike the photo is all that are labeled, 0...1.
    func inference(on task: LabelingTask, _ found: [SuggestedLabel], novelty: Double) -> TaskInference {
        var suggestions: [TaskSuggestion] = []
        var uncertainty = 0.0
        for label in found {
            guard let category = categories[label.tag], let threshold = thresholds[label.tag] else { continue }
            // 1 at the threshold itself, 0 at the ends.
            let room = label.confidence < threshold ? threshold : 1 - threshold
            uncertainty = max(uncertainty, room > 0 ? 1 - abs(label.confidence - threshold) / room : 0)
            guard label.confidence >= threshold else { continue }
            let box = label.box?.clipped(to: task.size)
            if let box, box.width < 1 || box.height < 1 { continue }
            if let box, suggestions.contains(where: { Self.areSame($0.box, box) }) { continue }
            suggestions.append(
                TaskSuggestion(
                    id: UUID().uuidString.lowercased(), category: category, box: box.map(Self.rounded),
                    confidence: label.confidence))
        }
        if project.kind == .imageClassification { suggestions = Array(suggestions.prefix(1)) }
        // A photo in which nothing is found may be empty or unlike everything known.
        if suggestions.isEmpty { uncertainty = max(uncertainty, 0.5) }
        let agreement = Agreement(
            suggestions.map(Agreement.Labeled.init), task.annotations.map(Agreement.Labeled.init),
            leastIoU: Self.sameThing)
        return TaskInference(
            task: task.id, sha256: task.sha256, suggestions: project.settings.preLabels ? suggestions : [],
            disagreement: 1 - agreement.share, teaching: (2 * uncertainty + novelty) / 3, certainty: 1 - uncertainty)
    }

    private static func areSame(_ first: Box?, _ second: Box) -> Bool {
        first.map { $0.intersectionOverUnion(second) >= samePlace } ?? false
    }

    /// To tenths of a pixel: a model knows no more, and people read it.
    private static func rounded(_ box: Box) -> Box {
        func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
        return Box(
            xMin: tenths(box.xMin), yMin: tenths(box.yMin), xMax: tenths(box.xMax), yMax: tenths(box.yMax))
    }
}

/// How unlike each photo is all that are labeled, by the 64 bits that photos look like.
struct Novelty {
    private var values: [LabelingTask.ID: Double] = [:]

    /// The most labeled photos that each is compared with.
    private static let sample = 500

    init(_ tasks: [LabelingTask], _ catalog: Catalog) async throws {
        let items = try await catalog.items(tasks.map(\.item))
        let looks = Dictionary(
            items.compactMap { item in item.appearance.map { (item.id, $0) } }, uniquingKeysWith: { first, _ in first })
        let labeled = tasks.filter(\.state.isLabeled).compactMap { looks[$0.item] }.suffix(Self.sample)
        guard !labeled.isEmpty else { return }
        for task in tasks {
            guard let look = looks[task.item] else { continue }
            let nearest = labeled.map { ($0 ^ look).nonzeroBitCount }.min() ?? 0
            // Photos of nothing in common differ in half of their bits.
            values[task.id] = min(1, Double(nearest) / 32)
        }
    }

    subscript(task: LabelingTask.ID) -> Double? { values[task] }
}
