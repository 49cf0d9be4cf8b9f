/// Orders by confidence, equal ones in the order they came: what numpy's merge sort of the negated scores gives.
///
/// A radix sort is stable by construction, where the standard library does not promise that of `sort`, and it
/// orders half a million confidences several times faster than comparisons would.
enum ConfidenceOrder {
    private static let digitBits = 11
    private static let digitCount = 6  // 6 x 11 bits hold the 64 of a key
    private static let bucketCount = 1 << digitBits

    /// The indices of `confidences` from the highest to the lowest.
    ///
    /// - Parameter confidences: Finite and not negative, which the evaluators have checked: only then do the bit
    ///   patterns of two numbers compare as the numbers do.
    static func descending(_ confidences: [Double]) -> [Int32] {
        // Adding zero turns -0.0 into 0.0, so that both get one key.
        var keys = confidences.map { ~($0 + 0).bitPattern }
        var order = (0..<Int32(confidences.count)).map { $0 }
        var spareKeys = keys
        var spareOrder = order
        for digit in 0..<digitCount {
            let shift = digit * digitBits
            var starts = countDigits(of: keys, shift: shift)
            // Confidences that were 32-bit floats have the same low digits throughout: nothing to move.
            if starts.contains(keys.count) { continue }
            var total = 0
            for bucket in 0..<bucketCount {
                (starts[bucket], total) = (total, total + starts[bucket])
            }
            scatter(keys, order, shift: shift, starts: &starts, intoKeys: &spareKeys, intoOrder: &spareOrder)
            swap(&keys, &spareKeys)
            swap(&order, &spareOrder)
        }
        return order
    }

    private static func countDigits(of keys: [UInt64], shift: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: bucketCount)
        counts.withUnsafeMutableBufferPointer { counts in
            for key in keys {
                counts[Int(truncatingIfNeeded: key >> UInt64(shift)) & (bucketCount - 1)] += 1
            }
        }
        return counts
    }

    private static func scatter(
        _ keys: [UInt64], _ order: [Int32], shift: Int, starts: inout [Int],
        intoKeys: inout [UInt64], intoOrder: inout [Int32]
    ) {
        keys.withUnsafeBufferPointer { keys in
            order.withUnsafeBufferPointer { order in
                starts.withUnsafeMutableBufferPointer { starts in
                    intoKeys.withUnsafeMutableBufferPointer { intoKeys in
                        intoOrder.withUnsafeMutableBufferPointer { intoOrder in
                            for index in keys.indices {
                                let digit = Int(truncatingIfNeeded: keys[index] >> UInt64(shift)) & (bucketCount - 1)
                                let place = starts[digit]
                                starts[digit] = place + 1
                                intoKeys[place] = keys[index]
                                intoOrder[place] = order[index]
                            }
                        }
                    }
                }
            }
        }
    }
}
