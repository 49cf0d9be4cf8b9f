import PomonaCore
import PomonaEngine
import PomonaEvaluation
import PomonaImaging

extension EvaluationReport {
    func figures(_ metrics: ClassificationMetrics) -> String {
        let tiles = [
            ("top-1", metrics.accuracyTop1), ("top-5", metrics.accuracyTop5),
            ("average precision", metrics.averagePrecision), ("calibration error", metrics.calibrationECE),
        ].map { "<div class=\"tile\"><b>\(PerformanceText.percent($1))</b>\($0)</div>" }.joined()
        let rows = metrics.tags.map { tag in
            "<tr><td>\(escapedForHTML(tag.tag))</td><td>\(tag.photoCount)</td>"
                + "<td>\(PerformanceText.percent(tag.accuracy))</td>"
                + "<td>\(PerformanceText.percent(tag.averagePrecision))</td></tr>"
        }.joined(separator: "\n")
        return """
            <p>Measured on \(place): \(metrics.photoCount) photos\
            \(result.skipped.isEmpty ? "" : "; \(result.skipped.count) photos were left out").</p>
            <div class="tiles">\(tiles)</div>
            <table><tr><th>Tag</th><th>Photos</th><th>Right</th><th>Average precision</th></tr>
            \(rows)</table>
            """
    }

    /// The most confident wrong answers.
    func mistakePhotos(_ metrics: ClassificationMetrics, _ set: TrainingSet) throws -> [ReportPhoto] {
        let paths = Dictionary(set.photos.map { ($0.name, $0.path) }) { first, _ in first }
        return try metrics.mistakes.prefix(Self.mostMistakes).compactMap { mistake in
            guard result.photos.indices.contains(mistake.photo), let path = paths[result.photos[mistake.photo]] else {
                return nil
            }
            let said = "\(metrics.tags[mistake.predicted].tag) \(PerformanceText.percent(mistake.confidence))"
            return ReportPhoto(
                image: try ImageDecoder().decode(path: path).image,
                caption: "\(result.photos[mistake.photo]): said \(said), is \(metrics.tags[mistake.truth].tag)")
        }
    }
}
