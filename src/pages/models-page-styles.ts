import { css } from 'lit';

/** The list and the model that is shown, side by side where there is room. */
export const modelsPageStyles = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 340px;
    grid-template-rows: auto auto 1fr;
    gap: 0 20px;
    align-items: start;
  }
  .columns > * {
    grid-column: 1;
  }
  .columns > model-desk {
    grid-area: 1 / 2 / span 3;
    position: sticky;
    top: 20px;
    max-height: calc(100dvh - 40px);
    overflow-y: auto;
  }
  .back {
    white-space: nowrap;
  }
  .back bdi {
    max-width: 24ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  gate-settings {
    margin-top: 20px;
  }
  error-desk {
    display: block;
    margin-bottom: 20px;
  }
  @media (max-width: 1199px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: none;
    }
    .columns > model-desk {
      grid-area: auto;
      margin-top: 20px;
      position: static;
      max-height: none;
    }
  }
  @media (max-width: 720px) {
    .head .side,
    .head .side button {
      width: 100%;
    }
  }
`;
