/** @jsxImportSource preact */
import { useChat, useSettings } from "./context.ts";
import { Icon } from "./icon.tsx";

function Questions() {
  const { session, language } = useChat();
  const { mostAsked } = useSettings();
  return (
    <ul class="questions">
      {mostAsked[language].map(({ id, title }) => (
        <li key={id}>
          <button type="button" class="question" onClick={() => session.say({ text: title, choice: id })}>
            <span>{title}</span>
            <Icon name="chevronRight" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A person is offered beside the questions, with the truth about when. */
function RatherPerson() {
  const { session, words, language } = useChat();
  const { people } = useSettings();
  const next = people.next?.[language];
  return (
    <section class="rather">
      <Icon name="userRound" />
      <div>
        <h4>{words.ratherPerson}</h4>
        {people.here ? <p>{words.peopleHere}</p> : next && <p>{words.peopleNext(next)}</p>}
        <button type="button" class="link" onClick={() => session.say({ text: words.personPlease })}>
          {words.getPerson}
        </button>
      </div>
    </section>
  );
}

/** Before the first word: greeting, the questions asked most, a person. */
export function Start() {
  const { words, language } = useChat();
  const { greeting, mostAsked } = useSettings();
  return (
    <div class="start">
      <h3 class="greeting">{greeting[language]}</h3>
      {mostAsked[language].length > 0 && <p class="often">{words.often}</p>}
      <Questions />
      <RatherPerson />
    </div>
  );
}

/** The same questions again, below a conversation. */
export function QuestionsAgain() {
  const { words } = useChat();
  return (
    <section class="again">
      <h3>{words.oftenAgain}</h3>
      <Questions />
    </section>
  );
}
