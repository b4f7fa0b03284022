package criticalwindows.bench;

import criticalwindows.testbed.Consistency;

/// How much `cw bench organism` measures.
///
/// @param replies to each family, for its accuracy
/// @param texts of each family, for the probabilities of their decisions
/// @param curves consistency curves
/// @param forms random ones
/// @param requests of each kind
/// @param prefills requests for the prefill curve
/// @param runs of a repeated word
/// @param posteriors of each family, to be timed
record OrganismSize(
    int replies,
    int texts,
    Consistency.Size curves,
    int forms,
    int requests,
    int prefills,
    int runs,
    int posteriors) {
  static final OrganismSize FULL =
      new OrganismSize(6000, 300, new Consistency.Size(200, 200, 50), 24, 2000, 200, 60, 4000);
  static final OrganismSize SMALL =
      new OrganismSize(24, 4, new Consistency.Size(5, 0, 8), 2, 16, 4, 2, 2000);

  OrganismSize withReplies(int count) {
    return new OrganismSize(count, texts, curves, forms, requests, prefills, runs, posteriors);
  }
}
