import PomonaCore

/// What became of one label.
struct LabelResult: Sendable {
    let objectCount: Int

    /// One for each IoU threshold; empty for a label without objects.
    let precisions: [InterpolatedPrecision]

    /// The matched ranks and their codes at the threshold whose details were asked for.
    let ranks: [Int32]
    let codes: [MatchCode]
}

extension DetectionEvaluator {
    /// Matches and accumulates each label; labels share nothing, so they run beside each other.
    func evaluateLabels(of table: DetectionTable, at iouThresholds: [Double], detailAt detail: Int?) -> [LabelResult] {
        concurrentMap(count: table.labelCount, isConcurrent: isConcurrent) { label in
            let matcher = LabelMatcher(
                table: table, label: label, iouThresholds: iouThresholds, maximumDetections: maximumDetections)
            let matches = matcher.match()
            let confidences = matches.ranks.map { table.candidates[Int($0)].confidence }
            let precisions = iouThresholds.indices.map { threshold in
                InterpolatedPrecision(
                    codes: matches.codes(at: threshold), confidences: confidences, objectCount: matches.objectCount)
            }
            return LabelResult(
                objectCount: matches.objectCount, precisions: matches.objectCount > 0 ? precisions : [],
                ranks: matches.ranks, codes: detail.map { Array(matches.codes(at: $0)) } ?? [])
        }
    }

    func averagePrecisionTable(_ results: [LabelResult], _ iouThresholds: [Double]) -> AveragePrecisionTable {
        func perThreshold(_ value: (InterpolatedPrecision) -> Double) -> [[Double?]] {
            iouThresholds.indices.map { threshold in
                results.map { $0.precisions.isEmpty ? nil : value($0.precisions[threshold]) }
            }
        }
        return AveragePrecisionTable(
            iouThresholds: iouThresholds, objectCounts: results.map(\.objectCount),
            averagePrecision: perThreshold(\.average), recall: perThreshold(\.recall))
    }

    /// The codes of all labels by rank.
    func mergedCodes(_ results: [LabelResult], count: Int) -> [MatchCode] {
        var codes = [MatchCode](repeating: .dropped, count: count)
        for result in results {
            for (rank, code) in zip(result.ranks, result.codes) {
                codes[Int(rank)] = code
            }
        }
        return codes
    }

    func tagMetrics(
        _ precisions: AveragePrecisionTable, _ results: [LabelResult], bestThresholds: [BestThreshold?]
    ) -> [TagDetectionMetrics] {
        labels.indices.map { tag in
            let result = results[tag]
            return TagDetectionMetrics(
                tag: labels[tag], objectCount: result.objectCount,
                averagePrecision30: precisions.averagePrecision[IoUThresholds.at30][tag],
                averagePrecision50: precisions.averagePrecision[IoUThresholds.at50][tag],
                averagePrecision75: precisions.averagePrecision[IoUThresholds.at75][tag],
                averagePrecision: precisions.mean(tag: tag, over: IoUThresholds.cocoRange),
                curve: result.precisions.isEmpty ? nil : PrecisionRecallCurve(result.precisions[IoUThresholds.at50]),
                bestThreshold: bestThresholds[tag])
        }
    }

    /// Both views of every detection: among those of its tag, and whatever its tag.
    func scoredMatches(_ table: DetectionTable, codes: [MatchCode]) -> ScoredMatches {
        let matcher = ObjectMatcher(table: table, codes: codes)
        var actual = [Int32](repeating: -1, count: codes.count)
        for photo in 0..<table.photoCount {
            for (rank, object) in zip(table.candidatesByPhoto[photo], matcher.match(photo: photo)) {
                actual[Int(rank)] = object
            }
        }
        let kept = codes.indices.filter { codes[$0] != .dropped }
        return ScoredMatches(
            objectCounts: table.objectCounts(),
            confidences: kept.map { table.candidates[$0].confidence },
            predicted: kept.map { table.candidates[$0].label },
            outcomes: kept.map { rank in
                switch codes[rank] {
                case .ignored: .ignored
                case .unmatched: .falsePositive
                default: .truePositive
                }
            },
            actual: kept.map { actual[$0] })
    }
}
