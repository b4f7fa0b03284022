/// Files of a Hugging Face hub, kept in the cache folder that Python tools use too.
///
/// ```java
/// HubFile file = HubFile.parse("hf://datasets/cais/mmlu/all/test-00000-of-00001.parquet");
/// Map<String, String> environment = Map.of("HF_HUB_OFFLINE", "1", "HF_HOME", "hub-home");
/// Hub hub = new Hub(HubSettings.of(environment, Path.of("home")), HubWait.SLEEP);
/// try {
///   System.out.println(hub.fetch(file).path());
/// } catch (UserError failure) {
///   System.out.println(failure.getMessage() + "; " + failure.hint());
/// }
/// ```
///
/// Arrows: error, retry.
package criticalwindows.download;
