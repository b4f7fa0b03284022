/// Hashes that name what was hashed: problems, prompts, files, what a model was told.
///
/// ```java
/// System.out.println(Sha256.name(Sha256.of("abc"))); // ba7816bf8f01cfea
/// ```
///
/// Arrows: none.
package criticalwindows.hash;
